using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Consent;

/// <summary>Consents that are given and taken back; calls by phone need one of the name <c>calls</c>.</summary>
public sealed class GivenConsentTests(FactServer server) : IClassFixture<FactServer>
{
    private const int ConsentsMax = 64;

    private readonly string person = NewPerson();

    [Fact]
    public async Task What_is_agreed_to_is_told_as_it_was_given_and_lets_through_what_asks_for_it()
    {
        Assert.Equal(ReasonCode.ConsentMissing, Assert.Single((await CallAsync(9)).Decision.Reasons).Code);

        GrantConsentResponse granted = await server.Consent.GrantConsentAsync(
            new()
            {
                PersonId = person,
                Name = "calls",
                Scope = new() { Channel = "phone", Purpose = "marketing", Topic = "cars" },
                StartsAt = At(10),
                Until = At(20),
                EndsOn = { "conversation", "returned", "consent_revoked" },
                Proof = "form 17",
                Source = "shop",
                At = At(9.5),
            },
            TestServer.Call);

        GivenConsent expected = new()
        {
            Name = "calls",
            Scope = new() { Channel = "phone", Purpose = "marketing", Topic = "cars" },
            StartsAt = At(10),
            EndsAt = At(20),
            EndsOn = { "conversation", "returned" },
            Proof = "form 17",
            Source = "shop",
        };
        Assert.Equal(expected, Assert.Single(granted.Consent.Given));
        Assert.Equal(Verdict.Deny, (await CallAsync(9.9, "cars")).Decision.Verdict);
        Assert.Equal(Verdict.Allow, (await CallAsync(10, "cars")).Decision.Verdict);
        Assert.Equal(Verdict.Deny, (await CallAsync(10)).Decision.Verdict);
        expected.InForce = true;
        Assert.Equal(expected, Assert.Single((await GetAsync(10)).Given));
        Assert.Equal(Verdict.Deny, (await CallAsync(20, "cars")).Decision.Verdict);
        expected.InForce = false;
        Assert.Equal(expected, Assert.Single((await GetAsync(20)).Given));
    }

    [Fact]
    public async Task A_call_whose_consent_was_taken_back_is_over_it_unless_it_was_made_before()
    {
        await GrantAsync("calls", 9);
        string made = (await CallAsync(10)).Reservation.ReservationId;
        string unknown = (await CallAsync(10)).Reservation.ReservationId;
        await server.Consent.RevokeConsentAsync(
            new() { PersonId = person, Name = "calls", At = At(10.1) }, TestServer.Call);

        ConfirmResponse before = await server.Throttle.ConfirmAsync(
            new() { ReservationId = made, MadeAt = At(10), At = At(10.2) }, TestServer.Call);
        ConfirmResponse open = await server.Throttle.ConfirmAsync(
            new() { ReservationId = unknown, At = At(10.2) }, TestServer.Call);

        Assert.True(before.Revoked && open.Revoked);
        Assert.Empty(before.Overshoot);
        Assert.Equal(ReasonCode.ConsentMissing, Assert.Single(open.Overshoot).Code);
    }

    [Fact]
    public async Task A_consent_ends_on_what_it_was_said_to_end_on()
    {
        await GrantAsync("calls", 9, endsOn: "returned");

        await server.People.RecordEventAsync(
            new() { PersonId = person, Name = "returned", At = At(10) }, TestServer.Call);

        GivenConsent ended = Assert.Single((await GetAsync(11)).Given);
        Assert.Equal((At(10), "returned", false), (ended.EndsAt, ended.EndedBy, ended.InForce));
    }

    [Fact]
    public async Task Taking_back_revokes_what_was_reserved_thanks_to_it_alone_and_the_sender_hears_of_it()
    {
        await GrantAsync("calls", 9);
        string call = (await CallAsync(9.1)).Reservation.ReservationId;
        await server.Throttle.ReserveAsync(Reserve(person, At(9.1), "email"), TestServer.Call);

        RevokeConsentResponse revoked = await server.Consent.RevokeConsentAsync(
            new() { PersonId = person, Name = "calls", Source = "call", At = At(9.2) }, TestServer.Call);

        Assert.Equal([call], revoked.RevokedReservationIds);
        GivenConsent ended = Assert.Single(revoked.Consent.Given);
        Assert.Equal((At(9.2), "consent_revoked", false), (ended.EndsAt, ended.EndedBy, ended.InForce));
        ConfirmResponse confirmed = await server.Throttle.ConfirmAsync(
            new() { ReservationId = call, MadeAt = At(9.25), At = At(9.3) }, TestServer.Call);
        Assert.True(confirmed.Revoked);
        Assert.Equal("calls-agreed-to", Assert.Single(confirmed.Overshoot).Rule);
    }

    [Fact]
    public async Task Taking_back_a_part_leaves_the_rest_in_force()
    {
        await GrantAsync("calls", 9);
        string cars = (await CallAsync(9.1, "cars")).Reservation.ReservationId;

        RevokeConsentResponse revoked = await server.Consent.RevokeConsentAsync(
            new() { PersonId = person, Name = "calls", Scope = new() { Topic = "cars" }, At = At(9.2) },
            TestServer.Call);

        Assert.Equal([cars], revoked.RevokedReservationIds);
        GivenConsent rest = Assert.Single(revoked.Consent.Given, static given => given.InForce);
        Assert.Equal("cars", Assert.Single(rest.Except).Topic);
        Assert.Equal(Verdict.Deny, (await CallAsync(9.3, "cars")).Decision.Verdict);
        Assert.Equal(Verdict.Allow, (await CallAsync(9.3, "boats")).Decision.Verdict);
    }

    [Fact]
    public async Task Taking_back_what_was_never_given_is_no_error()
    {
        RevokeConsentResponse revoked = await server.Consent.RevokeConsentAsync(
            new() { PersonId = person, Name = "calls", At = At(9) }, TestServer.Call);

        Assert.Empty(revoked.RevokedReservationIds);
        Assert.Equal(new Wire.Consent(), revoked.Consent);
    }

    [Fact]
    public async Task A_grant_that_makes_no_sense_is_refused_with_all_that_is_wrong()
    {
        GrantConsentRequest request = new()
        {
            RequestId = new string('r', 129),
            Name = new string('n', 65),
            Scope = new() { Channel = "fax", Purpose = "chat", Topic = new string('t', 129) },
            StartsAt = At(-24 * 365 * 60),
            Until = At(24 * 365 * 101),
            EndsOn = { "conversation", "weather" },
            Proof = new string('p', 257),
            Source = new string('s', 129),
            At = At(9),
        };

        Refusal refusal = await Refusal.OfAsync(server.Consent.GrantConsentAsync(request, TestServer.Call));

        Assert.Equal(StatusCode.InvalidArgument, refusal.Code);
        Assert.Equal(
            [
                "ends_on[1] EVENT_UNKNOWN",
                "name ID_TOO_LONG",
                "person_id ID_EMPTY",
                "proof TEXT_TOO_LONG",
                "request_id ID_TOO_LONG",
                "scope.channel CHANNEL_UNKNOWN",
                "scope.purpose PURPOSE_UNKNOWN",
                "scope.topic TEXT_TOO_LONG",
                "source TEXT_TOO_LONG",
                "starts_at TIME_OUT_OF_RANGE",
                "until TIME_OUT_OF_RANGE",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_consent_needs_a_name_an_end_after_its_start_and_few_endings()
    {
        GrantConsentRequest request = new()
        {
            PersonId = person,
            StartsAt = At(24 * 401),
            Until = At(9),
            EndsOn = { Enumerable.Repeat("refused", 17) },
            At = At(9),
        };

        Refusal refusal = await Refusal.OfAsync(server.Consent.GrantConsentAsync(request, TestServer.Call));
        Refusal nameless = await Refusal.OfAsync(
            server.Consent.RevokeConsentAsync(new() { PersonId = person, At = At(9) }, TestServer.Call));

        Assert.Equal(
            [
                "ends_on EVENT_UNKNOWN", "name ID_EMPTY", "starts_at TIME_OUT_OF_RANGE", "until TIME_OUT_OF_RANGE",
            ],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.Equal(("ID_EMPTY", "name"), (nameless.Reason, nameless.Field));
        Assert.Equal(new Wire.Consent(), await GetAsync(9));
    }

    [Fact]
    public async Task A_revocation_that_makes_no_sense_is_refused_and_takes_nothing_back()
    {
        await GrantAsync("calls", 9);

        Refusal refusal = await Refusal.OfAsync(server.Consent.RevokeConsentAsync(
            new()
            {
                PersonId = person,
                Name = "calls",
                Scope = new() { Channel = "fax" },
                Source = new string('s', 129),
                At = At(10),
            },
            TestServer.Call));

        Assert.Equal(
            ["scope.channel CHANNEL_UNKNOWN", "source TEXT_TOO_LONG"],
            refusal.Violations.Order(StringComparer.Ordinal));
        Assert.True(Assert.Single((await GetAsync(10)).Given).InForce);
    }

    [Fact]
    public async Task A_person_has_so_many_consents_and_one_more_where_one_has_ended()
    {
        for (int i = 0; i < ConsentsMax; i++)
        {
            await GrantAsync($"consent {i}", 9);
        }

        Refusal full = await Refusal.OfAsync(server.Consent.GrantConsentAsync(
            new() { PersonId = person, Name = "one more", At = At(10) }, TestServer.Call));
        await server.Consent.RevokeConsentAsync(
            new() { PersonId = person, Name = "consent 7", At = At(11) }, TestServer.Call);
        GrantConsentResponse granted = await server.Consent.GrantConsentAsync(
            new() { PersonId = person, Name = "one more", At = At(12) }, TestServer.Call);

        Assert.Equal((StatusCode.FailedPrecondition, "RECORD_FULL", "scope"), (full.Code, full.Reason, full.Field));
        Assert.Equal(ConsentsMax, granted.Consent.Given.Count);
        Assert.DoesNotContain(granted.Consent.Given, static given => given.Name == "consent 7");
        Assert.Equal("one more", granted.Consent.Given[^1].Name);
    }

    [Fact]
    public async Task A_repeated_request_id_gives_the_same_answer_once_and_another_content_is_refused()
    {
        GrantConsentRequest grant = new() { RequestId = NewRequest(), PersonId = person, Name = "calls", At = At(9) };
        GrantConsentResponse granted = await server.Consent.GrantConsentAsync(grant, TestServer.Call);
        Assert.Equal(granted, await server.Consent.GrantConsentAsync(grant, TestServer.Call));
        await CallAsync(9.1);
        RevokeConsentRequest revoke = new()
        {
            RequestId = NewRequest(), PersonId = person, Name = "calls", At = At(9.2),
        };

        RevokeConsentResponse first = await server.Consent.RevokeConsentAsync(revoke, TestServer.Call);
        RevokeConsentResponse again = await server.Consent.RevokeConsentAsync(revoke, TestServer.Call);
        grant.Proof = "form 18";
        revoke.Scope = new() { Channel = "phone" };
        Refusal otherGrant = await Refusal.OfAsync(server.Consent.GrantConsentAsync(grant, TestServer.Call));
        Refusal otherRevoke = await Refusal.OfAsync(server.Consent.RevokeConsentAsync(revoke, TestServer.Call));

        Assert.Single(first.RevokedReservationIds);
        Assert.Equal(first, again);
        Assert.Equal("REQUEST_ID_REUSED", otherGrant.Reason);
        Assert.Equal("REQUEST_ID_REUSED", otherRevoke.Reason);
    }

    private async Task GrantAsync(string name, double hours, params string[] endsOn) =>
        await server.Consent.GrantConsentAsync(
            new() { PersonId = person, Name = name, EndsOn = { endsOn }, At = At(hours) }, TestServer.Call);

    private async Task<Wire.Consent> GetAsync(double hours) => (await server.Consent.GetConsentAsync(
        new() { PersonId = person, At = At(hours) }, TestServer.Call)).Consent;

    private async Task<ReserveResponse> CallAsync(double hours, string topic = "")
    {
        ReserveRequest request = Reserve(person, At(hours), "phone");
        request.Contact.Topic = topic;
        return await server.Throttle.ReserveAsync(request, TestServer.Call);
    }
}
