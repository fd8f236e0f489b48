using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Contacts;

public sealed class ExplainTests(ReplayServer server) : IClassFixture<ReplayServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task A_no_is_told_rule_by_rule_with_the_window_the_contacts_and_what_would_change_it()
    {
        await server.Throttle.RecordAsync(Record(person, At(9)), TestServer.Call);
        await server.Throttle.RecordAsync(Record(person, At(10)), TestServer.Call);
        ReserveResponse reserved = await server.Throttle.ReserveAsync(Reserve(person, At(11)), TestServer.Call);

        ExplainResponse answer = await ExplainAsync(12);

        Assert.Equal(Verdict.Deny, answer.Decision.Verdict);
        Explanation explanation = answer.Explanation;
        Assert.Equal(
            ["opt-out", "snooze", "three-a-day", "quiet-nights"],
            explanation.Rules.Select(static rule => rule.Rule));
        RuleFinding cap = explanation.Rules[2];
        Assert.Equal(
            ("cap", RuleStanding.Governs, true, RuleEffect.Deny, ReasonCode.CapReached, 3, 3),
            (cap.Kind, cap.Standing, cap.Violated, cap.Effect, cap.Code, cap.Used, cap.Limit));
        Assert.Equal((At(-12), At(12), At(33)), (cap.WindowStart, cap.WindowEnd, cap.FreeAt));
        Assert.Equal(3, cap.Counted.Count);
        Assert.Equal(At(12), Assert.Single(cap.Closed).Start);
        RuleFinding quiet = explanation.Rules[3];
        Assert.Equal((RuleStanding.NotMatched, false), (quiet.Standing, quiet.Violated));
        Assert.Equal(
            [
                Change.ChangeOneofCase.WaitUntil, Change.ChangeOneofCase.Purpose,
                Change.ChangeOneofCase.ReleaseContactId, Change.ChangeOneofCase.Cap,
            ],
            explanation.Changes.Select(static change => change.ChangeCase));
        Assert.Equal(At(33), explanation.Changes[0].WaitUntil);
        Assert.Equal("service", explanation.Changes[1].Purpose);
        Assert.Equal(reserved.Reservation.ReservationId, explanation.Changes[2].ReleaseContactId);
        Assert.Equal(new CapChange { Rule = "three-a-day", Limit = 4 }, explanation.Changes[3].Cap);
        Assert.All(explanation.Changes, static change => Assert.NotEmpty(change.Message));
    }

    [Fact]
    public async Task Its_contacts_are_those_of_the_list_to_the_last_field()
    {
        await server.Throttle.RecordAsync(Record(person, At(9)), TestServer.Call);
        await server.Throttle.ReserveAsync(Reserve(person, At(11), "sms"), TestServer.Call);

        ExplainResponse answer = await ExplainAsync(12);

        ListContactsResponse list = await server.People.ListContactsAsync(
            new() { PersonId = person, Order = ContactOrder.OldestFirst, At = At(12) }, TestServer.Call);
        Assert.Equal(list.Contacts, answer.Explanation.Contacts);
        Assert.False(answer.Explanation.MoreContacts);
    }

    [Fact]
    public async Task Explaining_changes_nothing()
    {
        for (int i = 0; i <= TestPolicy.Cap; i++)
        {
            Assert.Equal(Verdict.Allow, (await ExplainAsync(9)).Decision.Verdict);
        }
    }

    [Fact]
    public async Task Sentences_have_the_times_of_the_zone_asked_for_else_of_the_person_else_of_the_policy()
    {
        ExplainResponse byPolicy = await ExplainAsync(9);
        await server.People.UpdatePersonAsync(
            new() { Person = new() { PersonId = person, Zone = "Asia/Kolkata" }, At = At(9) }, TestServer.Call);
        ExplainResponse byPerson = await ExplainAsync(9);
        ExplainResponse asked = await ExplainAsync(9, "America/St_Johns");

        Assert.Contains("Mon 2 Mar 2026, 09:00 (UTC)", byPolicy.Explanation.Sentences[0], StringComparison.Ordinal);
        Assert.Contains("14:30 (Asia/Kolkata)", byPerson.Explanation.Sentences[0], StringComparison.Ordinal);
        Assert.Contains("05:30 (America/St_Johns)", asked.Explanation.Sentences[0], StringComparison.Ordinal);
        Assert.Equal("America/St_Johns", asked.Explanation.TimeZone);
    }

    [Fact]
    public async Task A_zone_that_is_none_is_refused() => await new Witness(server, person).RefusedAsync(
        () => server.Throttle.ExplainAsync(
            new() { Contact = Contact(person), At = At(9), TimeZone = "Rome" }, TestServer.Call),
        "ZONE_UNKNOWN",
        "time_zone");

    [Fact]
    public async Task An_opt_out_is_told_as_the_persons_to_take_back()
    {
        await server.Consent.OptOutAsync(
            new() { PersonId = person, Scope = new() { Channel = "email" }, At = At(8) }, TestServer.Call);

        ExplainResponse answer = await ExplainAsync(9);

        RuleFinding optOut = answer.Explanation.Rules[0];
        Assert.Equal(("opt-out", true, true), (optOut.Rule, optOut.AlwaysInForce, optOut.Violated));
        Assert.Null(optOut.FreeAt);
        Assert.Contains(
            new OptInChange { Channel = "email", Purpose = "marketing" },
            answer.Explanation.Changes.Select(static change => change.OptIn));
    }

    private async Task<ExplainResponse> ExplainAsync(double hour, string zone = "") =>
        await server.Throttle.ExplainAsync(
            new() { Contact = Contact(person), At = At(hour), TimeZone = zone }, TestServer.Call);
}
