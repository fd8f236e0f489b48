using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

public sealed class ReserveTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Check_answers_and_takes_nothing()
    {
        for (int i = 0; i <= TestPolicy.Cap; i++)
        {
            CheckResponse checkedOnly = await server.Throttle.CheckAsync(
                new CheckRequest { Contact = Contact(person), At = At(9) }, TestServer.Call);

            Assert.Equal(Verdict.Allow, checkedOnly.Decision.Verdict);
            Assert.Empty(checkedOnly.Decision.Reasons);
            Assert.Equal(At(9), checkedOnly.Decision.EvaluatedAt);
            Assert.Equal(TestPolicy.Name, checkedOnly.Decision.Policy);
            Assert.Equal(1, checkedOnly.Decision.PolicyVersion);
            Assert.NotEmpty(checkedOnly.Decision.DecisionId);
        }
    }

    [Fact]
    public async Task Reserve_allows_to_the_cap_and_then_explains_its_no_with_numbers_contacts_and_a_way_out()
    {
        ReserveResponse first = await ReserveAsync(9);
        ReserveResponse second = await ReserveAsync(10);
        ReserveResponse third = await ReserveAsync(11);

        ReserveResponse fourth = await ReserveAsync(12);

        Assert.All([first, second, third], static one => Assert.Equal(Verdict.Allow, one.Decision.Verdict));
        Assert.Null(fourth.Reservation);
        Assert.Equal(Verdict.Deny, fourth.Decision.Verdict);
        Assert.Equal(At(24 + 9), fourth.Decision.NextAllowedAt);
        Assert.False(fourth.Decision.Never);
        Reason reason = Assert.Single(fourth.Decision.Reasons);
        Assert.Equal(TestPolicy.Rule, reason.Rule);
        Assert.Equal(ReasonCode.CapReached, reason.Code);
        Assert.Equal((3, 3, "rolling 24h"), (reason.Used, reason.Limit, reason.Window));
        Assert.Equal(At(24 + 9), reason.FreeAt);
        Assert.NotEmpty(reason.Message);
        Assert.Equal(
            new[] { first, second, third }.Select(static one => one.Reservation.ReservationId),
            reason.Counted.Select(static contact => contact.ContactId));
        CountedContact counted = reason.Counted[0];
        Assert.Equal(
            ("email", "marketing", 1, At(9), ContactState.Unconfirmed),
            (counted.Channel, counted.Purpose, counted.Weight, counted.At, counted.State));
    }

    [Fact]
    public async Task A_denial_names_the_channels_that_are_open_and_every_rule_in_the_way()
    {
        ReserveResponse denied = await server.Throttle.ReserveAsync(Reserve(person, At(22), "phone"), TestServer.Call);

        Assert.Equal(["email", "sms"], denied.Decision.AllowedChannels);
        Reason reason = Assert.Single(denied.Decision.Reasons);
        Assert.Equal(("quiet-nights", ReasonCode.OutsideHours), (reason.Rule, reason.Code));
        Assert.False(reason.HasUsed);
        Assert.False(reason.HasLimit);
        Assert.Equal(At(24 + 8), denied.Decision.NextAllowedAt);
    }

    [Fact]
    public async Task A_planned_reservation_is_answered_again_after_its_time()
    {
        ReserveRequest request = Reserve(person, At(9));
        request.RequestId = NewRequest();
        request.Contact.PlannedAt = At(12);
        ReserveResponse first = await server.Throttle.ReserveAsync(request, TestServer.Call);
        request.At = At(15);

        ReserveResponse again = await server.Throttle.ReserveAsync(request, TestServer.Call);
        request.RequestId = NewRequest();
        Refusal other = await Refusal.OfAsync(server.Throttle.ReserveAsync(request, TestServer.Call));

        Assert.Equal(Verdict.Allow, first.Decision.Verdict);
        Assert.Equal(first, again);
        Assert.Equal("TIME_OUT_OF_RANGE", other.Reason);
    }

    [Fact]
    public async Task An_opt_out_is_a_no_that_waiting_does_not_help()
    {
        await server.Consent.OptOutAsync(new OptOutRequest { PersonId = person, At = At(9) }, TestServer.Call);

        ReserveResponse denied = await ReserveAsync(10);

        Assert.True(denied.Decision.Never);
        Assert.Null(denied.Decision.NextAllowedAt);
        Reason reason = Assert.Single(denied.Decision.Reasons);
        Assert.Equal(ReasonCode.OptedOut, reason.Code);
        Assert.True(reason.Never);
        Assert.Null(reason.FreeAt);
    }

    [Fact]
    public async Task A_request_id_gets_one_answer_and_takes_one_slot()
    {
        ReserveRequest request = Reserve(person, At(9));
        request.RequestId = NewRequest();

        ReserveResponse first = await server.Throttle.ReserveAsync(request, TestServer.Call);
        request.At = At(9.1);
        ReserveResponse again = await server.Throttle.ReserveAsync(request, TestServer.Call);

        Assert.Equal(first, again);
        Assert.Single(await ContactsAsync());
    }

    [Fact]
    public async Task A_denial_is_repeated_too_even_when_it_would_be_allowed_by_then()
    {
        for (int i = 0; i < TestPolicy.Cap; i++)
        {
            await ReserveAsync(9);
        }

        ReserveRequest request = Reserve(person, At(10));
        request.RequestId = NewRequest();
        ReserveResponse denied = await server.Throttle.ReserveAsync(request, TestServer.Call);

        request.At = At(24 + 9.5);
        ReserveResponse again = await server.Throttle.ReserveAsync(request, TestServer.Call);

        Assert.Equal(Verdict.Deny, denied.Decision.Verdict);
        Assert.Equal(denied, again);
    }

    [Fact]
    public async Task A_planned_contact_is_judged_and_counted_when_it_is_for()
    {
        ReserveRequest request = Reserve(person, At(22), "phone");
        request.Contact.PlannedAt = At(24 + 9);
        request.TimeToLive = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));

        ReserveResponse planned = await server.Throttle.ReserveAsync(request, TestServer.Call);

        Assert.Equal(Verdict.Allow, planned.Decision.Verdict);
        Assert.Equal(At(24 + 9), planned.Decision.EvaluatedAt);
        Assert.Equal(At(24 + 9 + (5 / 60.0)), planned.Reservation.ExpiresAt);
        LedgerContact contact = Assert.Single(await ContactsAsync());
        Assert.Equal(At(24 + 9), contact.At);
    }

    [Fact]
    public async Task A_contact_planned_for_a_now_that_is_past_by_the_servers_clock_is_one_for_now()
    {
        ReserveRequest request = Reserve(person, At(9));
        request.Contact.PlannedAt = At(9 - (0.5 / 60));

        ReserveResponse reserved = await server.Throttle.ReserveAsync(request, TestServer.Call);

        Assert.Equal(Verdict.Allow, reserved.Decision.Verdict);
        Assert.Equal(At(9), reserved.Decision.EvaluatedAt);
    }

    [Fact]
    public async Task What_the_caller_says_of_a_contact_is_kept_except_who_it_is()
    {
        Contact full = new()
        {
            PersonId = person,
            Channel = "email",
            Purpose = "marketing",
            Brand = "north",
            Campaign = "spring",
            Topic = "offers",
            Sender = "mailer",
            Subjects = { "b", "a" },
            Labels = { ["shop"] = "Bari" },
            Priority = 80,
            Weight = 3,
            Direction = Direction.Out,
            Country = "IT",
            Address = "ann@example.com",
        };

        await server.Throttle.ReserveAsync(new ReserveRequest { Contact = full, At = At(9) }, TestServer.Call);

        LedgerContact kept = Assert.Single(await ContactsAsync());
        Contact expected = full.Clone();
        expected.PersonId = "";
        expected.Address = "";
        expected.Subjects.Clear();
        expected.Subjects.Add(["a", "b"]);
        Assert.Equal(expected, kept.Contact);
    }

    private async Task<ReserveResponse> ReserveAsync(double hours) =>
        await server.Throttle.ReserveAsync(Reserve(person, At(hours)), TestServer.Call);

    private async Task<IReadOnlyList<LedgerContact>> ContactsAsync() => (await server.People.ListContactsAsync(
        new ListContactsRequest { PersonId = person, At = At(48) }, TestServer.Call)).Contacts;
}
