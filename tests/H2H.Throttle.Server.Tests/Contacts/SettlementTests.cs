using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

/// <summary>What becomes of reservations, and of contacts that had none.</summary>
public sealed class SettlementTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Confirm_in_time_makes_a_contact_of_a_reservation()
    {
        string id = await ReserveAsync(9);

        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new ConfirmRequest { ReservationId = id, Outcome = "delivered", At = At(9.1) }, TestServer.Call);

        Assert.Equal(id, confirmed.Contact.ContactId);
        Assert.Equal(ContactState.Confirmed, confirmed.Contact.State);
        Assert.Equal(At(9), confirmed.Contact.At);
        Assert.Null(confirmed.Contact.ExpiresAt);
        Assert.Equal("delivered", confirmed.Contact.Outcome.Name);
        Assert.False(confirmed.Late);
        Assert.False(confirmed.Revoked);
        Assert.Empty(confirmed.Overshoot);
    }

    [Fact]
    public async Task Confirm_after_expiry_is_stored_and_says_that_it_is_late()
    {
        string id = await ReserveAsync(9);

        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new ConfirmRequest { ReservationId = id, At = At(12) }, TestServer.Call);

        Assert.Equal(ContactState.Confirmed, confirmed.Contact.State);
        Assert.True(confirmed.Late);
    }

    [Fact]
    public async Task Confirm_after_an_opt_out_is_stored_and_says_that_the_person_had_said_no()
    {
        string id = await ReserveAsync(9);
        OptOutResponse optedOut = await server.Consent.OptOutAsync(
            new OptOutRequest { PersonId = person, At = At(9.1) }, TestServer.Call);

        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new ConfirmRequest { ReservationId = id, At = At(9.2) }, TestServer.Call);

        Assert.Equal([id], optedOut.RevokedReservationIds);
        Assert.True(confirmed.Revoked);
        Assert.Equal(ContactState.Confirmed, confirmed.Contact.State);
        Assert.Equal(ReasonCode.OptedOut, Assert.Single(confirmed.Overshoot).Code);
    }

    [Fact]
    public async Task Repeating_a_confirm_by_its_request_id_is_no_error()
    {
        ConfirmRequest request = new()
        {
            RequestId = NewRequest(),
            ReservationId = await ReserveAsync(9),
            At = At(9.1),
        };

        ConfirmResponse first = await server.Throttle.ConfirmAsync(request, TestServer.Call);
        ConfirmResponse again = await server.Throttle.ConfirmAsync(request, TestServer.Call);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Release_gives_the_slot_back()
    {
        await ReserveAsync(9);
        await ReserveAsync(9);
        string id = await ReserveAsync(9);

        ReleaseResponse released = await server.Throttle.ReleaseAsync(
            new ReleaseRequest { ReservationId = id, At = At(9.1) }, TestServer.Call);

        Assert.Equal(ContactState.Released, released.Contact.State);
        Assert.NotEmpty(await ReserveAsync(9.2));
        ReserveResponse denied = await server.Throttle.ReserveAsync(Reserve(person, At(9.3)), TestServer.Call);
        Assert.Equal(Verdict.Deny, denied.Decision.Verdict);
    }

    [Fact]
    public async Task What_nobody_confirms_counts_unless_the_policy_lets_it_go()
    {
        string email = await ReserveAsync(9);
        string phone = await ReserveAsync(9, "phone");

        ListContactsResponse later = await server.People.ListContactsAsync(
            new ListContactsRequest { PersonId = person, At = At(12) }, TestServer.Call);

        Assert.Equal(ContactState.Unconfirmed, later.Contacts.Single(contact => contact.ContactId == email).State);
        Assert.Equal(ContactState.Released, later.Contacts.Single(contact => contact.ContactId == phone).State);
    }

    [Fact]
    public async Task Record_stores_a_contact_past_the_cap_and_reports_the_overshoot()
    {
        for (int i = 0; i < TestPolicy.Cap; i++)
        {
            RecordResponse within = await server.Throttle.RecordAsync(Record(person, At(9 + i)), TestServer.Call);
            Assert.Empty(within.Overshoot);
        }

        RecordResponse past = await server.Throttle.RecordAsync(Record(person, At(12)), TestServer.Call);

        Assert.Equal(ContactState.Confirmed, past.Contact.State);
        Reason reason = Assert.Single(past.Overshoot);
        Assert.Equal((TestPolicy.Rule, 3L, 3L), (reason.Rule, reason.Used, reason.Limit));
        ListContactsResponse all = await server.People.ListContactsAsync(
            new ListContactsRequest { PersonId = person, At = At(13) }, TestServer.Call);
        Assert.Equal(TestPolicy.Cap + 1, all.Contacts.Count);
    }

    [Fact]
    public async Task A_contact_that_came_in_is_kept_and_limits_nothing()
    {
        RecordRequest request = Record(person, At(9), "phone");
        request.Contact.Direction = Direction.In;

        for (int i = 0; i <= TestPolicy.Cap; i++)
        {
            RecordResponse recorded = await server.Throttle.RecordAsync(request, TestServer.Call);
            Assert.Empty(recorded.Overshoot);
            Assert.Equal(Direction.In, recorded.Contact.Contact.Direction);
        }

        Assert.NotEmpty(await ReserveAsync(10));
    }

    [Fact]
    public async Task Record_with_a_request_id_counts_once()
    {
        RecordRequest request = Record(person, At(9));
        request.RequestId = NewRequest();
        request.MadeAt = At(8);

        RecordResponse first = await server.Throttle.RecordAsync(request, TestServer.Call);
        RecordResponse again = await server.Throttle.RecordAsync(request, TestServer.Call);

        Assert.Equal(first, again);
        Assert.Equal(At(8), first.Contact.At);
    }

    [Fact]
    public async Task The_last_outcome_that_was_reported_holds()
    {
        RecordResponse recorded = await server.Throttle.RecordAsync(Record(person, At(9)), TestServer.Call);
        await ReportAsync(recorded.Contact.ContactId, "bounced");

        ReportOutcomeResponse reported = await ReportAsync(recorded.Contact.ContactId, "clicked");

        Assert.Equal("clicked", reported.Contact.Outcome.Name);
        Assert.Equal(At(10), reported.Contact.Outcome.At);
    }

    [Fact]
    public async Task An_outcome_of_a_reservation_also_confirms_it()
    {
        ReportOutcomeResponse reported = await ReportAsync(await ReserveAsync(9), "delivered");

        Assert.Equal(ContactState.Confirmed, reported.Contact.State);
    }

    [Fact]
    public async Task FindSlots_tells_the_intervals_in_which_it_would_be_allowed()
    {
        for (int i = 0; i < TestPolicy.Cap; i++)
        {
            await ReserveAsync(9);
        }

        FindSlotsResponse found = await server.Throttle.FindSlotsAsync(
            new FindSlotsRequest
            {
                Contact = Contact(person, "phone"),
                From = At(10),
                Until = At(24 + 24 + 24),
                MaxSlots = 1,
                At = At(10),
            },
            TestServer.Call);

        // Quiet until 8, and the cap holds until 9.
        Slot slot = Assert.Single(found.Slots);
        Assert.Equal((At(24 + 9), At(24 + 20)), (slot.Start, slot.End));
        Assert.True(found.More);
        Assert.Equal(Verdict.Deny, found.Decision.Verdict);
    }

    [Fact]
    public async Task A_deadline_ends_a_call_and_is_told_as_such()
    {
        RpcException late = await Assert.ThrowsAsync<RpcException>(async () => await server.Throttle.CheckAsync(
            new CheckRequest { Contact = Contact(person) }, TestServer.Call.WithDeadline(DateTime.UtcNow.AddDays(-1))));

        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
    }

    private async Task<string> ReserveAsync(double hours, string channel = "email") =>
        (await server.Throttle.ReserveAsync(Reserve(person, At(hours), channel), TestServer.Call))
        .Reservation.ReservationId;

    private async Task<ReportOutcomeResponse> ReportAsync(string contactId, string outcome) =>
        await server.Throttle.ReportOutcomeAsync(
            new ReportOutcomeRequest
            {
                ContactId = contactId,
                Outcome = new Outcome { Name = outcome, At = At(10) },
                At = At(10),
            },
            TestServer.Call);
}
