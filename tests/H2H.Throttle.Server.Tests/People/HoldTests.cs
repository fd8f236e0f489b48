using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

/// <summary>What the business says: <c>open_complaint</c> stops marketing.</summary>
public sealed class HoldTests(FactServer server) : IClassFixture<FactServer>
{
    private const int HoldsMax = 64;
    private const string Complaint = "open_complaint";

    private readonly string person = NewPerson();

    [Fact]
    public async Task A_hold_revokes_what_it_stops_and_holds_until_it_is_lifted()
    {
        string marketing = (await ReserveAsync(9)).Reservation.ReservationId;
        string debt = (await ReserveAsync(9, "debt")).Reservation.ReservationId;

        PlaceHoldResponse placed = await PlaceAsync(Complaint, 9.1);

        Assert.Equal([marketing], placed.RevokedReservationIds);
        Assert.Equal([Complaint], placed.Person.Holds);
        Reason reason = Assert.Single((await ReserveAsync(9.2)).Decision.Reasons);
        Assert.Equal(("complaint", ReasonCode.OnHold), (reason.Rule, reason.Code));
        Assert.False((await server.Throttle.ConfirmAsync(
            new() { ReservationId = debt, At = At(9.2) }, TestServer.Call)).Revoked);

        LiftHoldResponse lifted = await server.People.LiftHoldAsync(
            new() { PersonId = person, Hold = Complaint, Reason = "settled", At = At(9.3) }, TestServer.Call);

        Assert.Empty(lifted.Person.Holds);
        Assert.Equal(Verdict.Allow, (await ReserveAsync(9.4)).Decision.Verdict);
        ListContactsResponse contacts = await server.People.ListContactsAsync(
            new() { PersonId = person, At = At(9.4) }, TestServer.Call);
        Assert.Equal(ContactState.Revoked, contacts.Contacts.Single(one => one.ContactId == marketing).State);
    }

    [Fact]
    public async Task A_hold_that_no_rule_knows_is_kept_and_stops_nothing()
    {
        await ReserveAsync(9);

        PlaceHoldResponse placed = await PlaceAsync("lawsuit", 9.1);

        Assert.Empty(placed.RevokedReservationIds);
        Assert.Equal(Verdict.Allow, (await ReserveAsync(9.2)).Decision.Verdict);
        GetPersonResponse known = await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call);
        Assert.Equal(["lawsuit"], known.Person.Holds);
    }

    [Fact]
    public async Task Placing_twice_and_lifting_what_is_not_there_are_no_errors()
    {
        await PlaceAsync(Complaint, 9);

        Assert.Equal([Complaint], (await PlaceAsync(Complaint, 9.1)).Person.Holds);
        LiftHoldResponse lifted = await server.People.LiftHoldAsync(
            new() { PersonId = person, Hold = "lawsuit", At = At(9.2) }, TestServer.Call);
        Assert.Equal([Complaint], lifted.Person.Holds);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_for_placing_and_lifting_alike()
    {
        string[] expected = ["hold ID_TOO_LONG", "person_id ID_EMPTY", "reason TEXT_TOO_LONG"];
        string hold = new('h', 65);
        string reason = new('r', 257);

        Refusal placing = await Refusal.OfAsync(
            server.People.PlaceHoldAsync(new() { Hold = hold, Reason = reason, At = At(9) }, TestServer.Call));
        Refusal lifting = await Refusal.OfAsync(
            server.People.LiftHoldAsync(new() { Hold = hold, Reason = reason, At = At(9) }, TestServer.Call));
        Refusal nameless = await Refusal.OfAsync(
            server.People.PlaceHoldAsync(new() { PersonId = person, At = At(9) }, TestServer.Call));

        Assert.Equal(expected, placing.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(expected, lifting.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(("ID_EMPTY", "hold"), (nameless.Reason, nameless.Field));
    }

    [Fact]
    public async Task A_person_has_so_many_holds_and_placing_one_of_them_again_is_still_no_error()
    {
        for (int i = 0; i < HoldsMax; i++)
        {
            await PlaceAsync($"hold {i}", 9);
        }

        Refusal full = await Refusal.OfAsync(server.People.PlaceHoldAsync(
            new() { PersonId = person, Hold = "one more", At = At(10) }, TestServer.Call));

        Assert.Equal((StatusCode.FailedPrecondition, "RECORD_FULL", "hold"), (full.Code, full.Reason, full.Field));
        Assert.Equal(HoldsMax, (await PlaceAsync("hold 7", 10)).Person.Holds.Count);
    }

    [Fact]
    public async Task A_repeated_request_id_gives_the_same_answer_and_another_content_is_refused()
    {
        await ReserveAsync(9);
        PlaceHoldRequest place = new()
        {
            RequestId = NewRequest(), PersonId = person, Hold = Complaint, At = At(9.1),
        };
        PlaceHoldResponse placed = await server.People.PlaceHoldAsync(place, TestServer.Call);
        PlaceHoldResponse again = await server.People.PlaceHoldAsync(place, TestServer.Call);
        LiftHoldRequest lift = new() { RequestId = place.RequestId, PersonId = person, Hold = Complaint, At = At(9.2) };

        Refusal lifting = await Refusal.OfAsync(server.People.LiftHoldAsync(lift, TestServer.Call));
        place.Reason = "other";
        Refusal placing = await Refusal.OfAsync(server.People.PlaceHoldAsync(place, TestServer.Call));

        Assert.Single(placed.RevokedReservationIds);
        Assert.Equal(placed, again);
        Assert.Equal("REQUEST_ID_REUSED", lifting.Reason);
        Assert.Equal("REQUEST_ID_REUSED", placing.Reason);
    }

    private async Task<PlaceHoldResponse> PlaceAsync(string hold, double hours) => await server.People.PlaceHoldAsync(
        new() { PersonId = person, Hold = hold, Reason = "case 4", At = At(hours) }, TestServer.Call);

    private async Task<ReserveResponse> ReserveAsync(double hours, string purpose = "marketing")
    {
        ReserveRequest request = Reserve(person, At(hours));
        request.Contact.Purpose = purpose;
        return await server.Throttle.ReserveAsync(request, TestServer.Call);
    }
}
