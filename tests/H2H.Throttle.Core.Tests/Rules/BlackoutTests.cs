using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class BlackoutTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 8, 15, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2026, 8, 16, 0, 0);
    private static readonly Blackout Rule = new("assumption", new Interval(Start, End));

    private static readonly Policy Policy = new()
    {
        Name = "p",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = [Rule],
    };

    [Fact]
    public void Its_start_is_in_it_and_its_end_is_not()
    {
        Assert.IsType<Decision.Allowed>(Decide(Start - Duration.Epsilon));
        Assert.IsType<Decision.Denied>(Decide(Start));
        Assert.IsType<Decision.Denied>(Decide(End - Duration.Epsilon));
        Assert.IsType<Decision.Allowed>(Decide(End));
    }

    [Fact]
    public void It_is_over_at_its_end_and_leaves_what_is_around_it_open()
    {
        Decision.Denied denied = Assert.IsType<Decision.Denied>(Decide(Start + Duration.FromHours(1)));
        Instant from = Start - Duration.FromDays(1);
        Instant until = End + Duration.FromDays(1);

        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal(("assumption", ReasonCode.BlackedOut, End), (reason.Rule, reason.Code, reason.FreeAt));
        Assert.Equal("The policy forbids such contacts at this time.", reason.Message);
        Assert.Equal(
            [new Interval(from, Start), new Interval(End, until)],
            Decider.FindSlots(Policy, Person.Unknown, At(from), from, from, until, slotsMax: 9));
    }

    [Fact]
    public void An_explanation_tells_from_when_until_when_but_only_while_it_lasts()
    {
        RuleFinding during = Decider.Explain(Policy, Person.Unknown, At(Start), Start).Rules[^1];
        RuleFinding after = Decider.Explain(Policy, Person.Unknown, At(End), End).Rules[^1];

        Assert.Equal(("blackout", Start, End), (during.Rule.KindName, during.Evidence.Start, during.Evidence.End));
        Assert.Equal([new Interval(Start, End)], during.Closed);
        Assert.Null(after.Evidence.Start);
        Assert.Null(after.DeniesFrom);
    }

    [Fact]
    public void One_without_a_start_or_without_an_end_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Blackout("b", new Interval(null, End)));
        Assert.Throws<ArgumentException>(() => new Blackout("b", new Interval(Start, null)));
    }

    private static Attempt At(Instant at) => new(new ContactTraits("email", "marketing"), at);

    private static Decision Decide(Instant at) => Decider.Decide(Policy, Person.Unknown, At(at), at);
}
