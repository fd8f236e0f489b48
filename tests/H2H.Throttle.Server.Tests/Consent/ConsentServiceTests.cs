using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Consent;

public sealed class ConsentServiceTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Somebody_never_heard_of_has_said_nothing()
    {
        GetConsentResponse nothing = await server.Consent.GetConsentAsync(
            new() { PersonId = person, At = At(9) }, TestServer.Call);

        Assert.Equal(new Wire.Consent(), nothing.Consent);
    }

    [Fact]
    public async Task A_no_holds_at_once_within_its_scope_and_revokes_what_was_reserved_there()
    {
        string email = (await ReserveAsync("email", 9)).Reservation.ReservationId;
        string sms = (await ReserveAsync("sms", 9)).Reservation.ReservationId;

        OptOutResponse said = await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Channel = "email" }, Source = "sms STOP", At = At(9.1) },
            TestServer.Call);

        Assert.Equal([email], said.RevokedReservationIds);
        ConsentStatement optOut = Assert.Single(said.Consent.OptOuts);
        Assert.Equal(("email", "", "", At(9.1), "sms STOP"), (
            optOut.Scope.Channel, optOut.Scope.Purpose, optOut.Scope.Topic, optOut.At, optOut.Source));
        Assert.Equal(Verdict.Deny, (await ReserveAsync("email", 9.1)).Decision.Verdict);
        Assert.Equal(Verdict.Allow, (await ReserveAsync("sms", 9.1)).Decision.Verdict);
        ListContactsResponse contacts = await server.People.ListContactsAsync(
            new() { PersonId = person, At = At(9.1) }, TestServer.Call);
        Assert.Equal(ContactState.Revoked, contacts.Contacts.Single(one => one.ContactId == email).State);
        Assert.Equal(ContactState.Reserved, contacts.Contacts.Single(one => one.ContactId == sms).State);
    }

    [Fact]
    public async Task A_yes_frees_a_part_of_a_wider_no()
    {
        await server.Consent.OptOutAsync(new() { PersonId = person, At = At(9) }, TestServer.Call);

        OptInResponse said = await server.Consent.OptInAsync(
            new() { PersonId = person, Scope = new() { Channel = "email" }, At = At(10) }, TestServer.Call);

        Assert.Equal(0, said.Lifted);
        Assert.Single(said.Consent.OptOuts);
        Assert.Equal("email", Assert.Single(said.Consent.OptIns).Scope.Channel);
        Assert.Equal(Verdict.Allow, (await ReserveAsync("email", 10)).Decision.Verdict);
        Assert.Equal(Verdict.Deny, (await ReserveAsync("sms", 10)).Decision.Verdict);
    }

    [Fact]
    public async Task A_yes_to_everything_lifts_every_no()
    {
        await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Channel = "email" }, At = At(9) }, TestServer.Call);
        await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Topic = "offers" }, At = At(9) }, TestServer.Call);

        OptInResponse said = await server.Consent.OptInAsync(new() { PersonId = person, At = At(10) }, TestServer.Call);

        Assert.Equal(2, said.Lifted);
        Assert.Equal(new Wire.Consent(), said.Consent);
    }

    [Fact]
    public async Task A_snooze_denies_until_it_ends_by_itself_or_by_waking()
    {
        SnoozeResponse snoozed = await server.Consent.SnoozeAsync(
            new() { PersonId = person, Until = At(20), At = At(9) }, TestServer.Call);
        Assert.Equal(At(20), Assert.Single(snoozed.Consent.Snoozes).Until);

        ReserveResponse denied = await ReserveAsync("email", 10);
        Assert.Equal(ReasonCode.Snoozed, Assert.Single(denied.Decision.Reasons).Code);
        Assert.Equal(At(20), denied.Decision.NextAllowedAt);

        SnoozeResponse woken = await server.Consent.SnoozeAsync(
            new() { PersonId = person, Wake = true, At = At(11) }, TestServer.Call);
        Assert.Empty(woken.Consent.Snoozes);
        Assert.Equal(Verdict.Allow, (await ReserveAsync("email", 11)).Decision.Verdict);
    }

    [Fact]
    public async Task A_snooze_needs_an_end_or_to_be_ended_and_not_both()
    {
        Refusal neither = await Refusal.OfAsync(
            server.Consent.SnoozeAsync(new() { PersonId = person, At = At(9) }, TestServer.Call));
        Refusal both = await Refusal.OfAsync(server.Consent.SnoozeAsync(
            new() { PersonId = person, Wake = true, Until = At(20), At = At(9) }, TestServer.Call));
        Refusal past = await Refusal.OfAsync(server.Consent.SnoozeAsync(
            new() { PersonId = person, Until = At(8), At = At(9) }, TestServer.Call));

        Assert.Equal(("FIELD_MISSING", "until"), (neither.Reason, neither.Field));
        Assert.Equal(("FIELD_NOT_ALLOWED", "until"), (both.Reason, both.Field));
        Assert.Equal(("TIME_OUT_OF_RANGE", "until"), (past.Reason, past.Field));
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_nothing_is_said()
    {
        ConsentScope scope = new() { Channel = "fax", Purpose = "chat", Topic = new string('x', 129) };

        Refusal optOut = await Refusal.OfAsync(server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = scope, Source = new string('x', 129), At = At(9) }, TestServer.Call));
        Refusal nobody = await Refusal.OfAsync(server.Consent.GetConsentAsync(new() { At = At(9) }, TestServer.Call));

        Assert.Equal(
            [
                "scope.channel CHANNEL_UNKNOWN",
                "scope.purpose PURPOSE_UNKNOWN",
                "scope.topic TEXT_TOO_LONG",
                "source TEXT_TOO_LONG",
            ],
            optOut.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(("ID_EMPTY", "person_id"), (nobody.Reason, nobody.Field));
        GetConsentResponse after = await server.Consent.GetConsentAsync(
            new() { PersonId = person, At = At(9) }, TestServer.Call);
        Assert.Equal(new Wire.Consent(), after.Consent);
    }

    [Fact]
    public async Task An_opt_out_that_is_repeated_by_its_request_id_is_answered_alike()
    {
        await ReserveAsync("email", 9);
        OptOutRequest request = new() { RequestId = NewRequest(), PersonId = person, At = At(9.1) };

        OptOutResponse first = await server.Consent.OptOutAsync(request, TestServer.Call);
        OptOutResponse again = await server.Consent.OptOutAsync(request, TestServer.Call);

        Assert.Single(first.RevokedReservationIds);
        Assert.Equal(first, again);
    }

    private async Task<ReserveResponse> ReserveAsync(string channel, double hours) =>
        await server.Throttle.ReserveAsync(Reserve(person, At(hours), channel), TestServer.Call);
}
