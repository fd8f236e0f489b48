using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>
/// Hours that go by holidays which nobody knows: the contact passes, and the answer says what was left open.
/// </summary>
public sealed class CautionTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    private static readonly Hours Shops = new(
        "shops",
        WeekSchedule.Of(
            static _ => [DayInterval.WholeDay], new SpecialDays([new DayInterval(600, 900)], null), isQuiet: false),
        isQuiet: false,
        WindowZone.Utc);

    [Fact]
    public void A_rule_that_had_to_guess_says_so()
    {
        Reason caution = Assert.Single(Decide(Shops).Warnings);

        Assert.Equal(("shops", ReasonCode.CalendarUnknown, null), (caution.Rule, caution.Code, caution.FreeAt));
    }

    [Fact]
    public void A_rule_that_does_not_hold_yet_or_any_more_or_is_lifted_leaves_nothing_open()
    {
        Rule[] silent =
        [
            Shops with { From = Noon + Duration.Epsilon },
            Shops with { Until = Noon },
            Shops with { UnlessConsent = new ConsentTerms("news") },
            Shops with { When = new Matcher([new Condition.Priority(1, 100)]) },
            Shops with { Effect = Effect.Observe },
            new Hours("known", Shops.Schedule, false, WindowZone.Utc, new HolidayCalendar("own", null, 2020, 2030, [])),
        ];

        Assert.All(silent, static rule => Assert.Empty(Decide(rule).Warnings));
        Assert.Single(Decide(Shops with { From = Noon }).Warnings);
        Assert.Single(Decide(Shops with { Until = Noon + Duration.Epsilon }).Warnings);
        Assert.Single(Decide(Shops with { UnlessConsent = new ConsentTerms("other") }).Warnings);
    }

    [Fact]
    public void Beside_a_rule_that_only_observes_both_are_told()
    {
        Blackout closed = new("closed", new Interval(Noon, Noon + Duration.FromHours(1))) { Effect = Effect.Observe };

        Decision decision = Decide(Shops, closed);
        Decision observed = Decide(closed);

        Assert.IsType<Decision.Allowed>(decision);
        Assert.Equal(["shops"], decision.Warnings.Select(static reason => reason.Rule));
        Assert.Equal(["closed"], decision.Shadows.Select(static reason => reason.Rule));
        Assert.Empty(observed.Warnings);
        Assert.Single(observed.Shadows);
    }

    private static Decision Decide(params ImmutableArray<Rule> rules)
    {
        Policy policy = new()
        {
            Name = "cautious",
            Channels = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = rules,
        };
        Person person = new() { Consents = [new GivenConsent("news", new Scope(), Noon, null, [], null)] };
        Decision decision = Decider.Decide(policy, person, new Attempt(new("email", "marketing"), Noon), Noon);
        Assert.IsType<Decision.Allowed>(decision);
        return decision;
    }
}
