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
/// Hours that go by holidays which nobody knows: the answer says what was left open.
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

    /// <summary>It is noon; late are the hours from six in the evening, but for holidays.</summary>
    [Fact]
    public void A_denial_says_so_too_whatever_denies()
    {
        Blackout closed = new("closed", new Interval(Noon, Noon + Duration.FromHours(1)));
        Hours late = new(
            "late",
            WeekSchedule.Of(
                static _ => [new DayInterval(1080, 1200)], new SpecialDays([DayInterval.WholeDay], null), false),
            isQuiet: false,
            WindowZone.Utc);

        Decision.Denied byHours = Assert.IsType<Decision.Denied>(Judge(late));
        Decision.Denied byAnother = Assert.IsType<Decision.Denied>(Judge(Shops, closed));

        Assert.Equal(["late"], byHours.Warnings.Select(static reason => reason.Rule));
        Assert.Equal(ReasonCode.OutsideHours, Assert.Single(byHours.Reasons).Code);
        Assert.Equal(["shops"], byAnother.Warnings.Select(static reason => reason.Rule));
        Assert.Equal(["closed"], byAnother.Reasons.Select(static reason => reason.Rule));
    }

    /// <summary>The year ends at midnight, and with it what the calendar knows.</summary>
    [Fact]
    public void The_next_allowed_time_and_slots_and_plans_say_so_where_they_are_beyond_the_calendar()
    {
        Hours known = new(
            "known", Shops.Schedule, false, WindowZone.Utc, new HolidayCalendar("own", null, 2020, 2026, []));
        Instant end = Instant.FromUtc(2027, 1, 1, 0, 0);
        Policy policy = Of(known, new Blackout("closed", new Interval(end - Duration.FromHours(1), end)));
        Attempt before = new(new("email", "marketing"), end - Duration.FromHours(2));
        Attempt within = new(new("email", "marketing"), end - Duration.FromHours(1));

        Decision allowed = Decider.Decide(policy, Person.Unknown, before, before.At);
        Decision denied = Decider.Decide(policy, Person.Unknown, within, within.At);
        Plan plan = Decider.Plan(
            policy, Person.Unknown, [within], within.At, new Interval(within.At, end + Duration.FromDays(2)),
            Duration.FromMinutes(15));

        Assert.Empty(allowed.Warnings);
        Reason caution = Assert.Single(denied.Warnings);
        Assert.Equal(
            "The calendar own covers 2020 to 2026 alone; any other day is judged as if it may be a holiday.",
            caution.Message);
        Assert.Equal(end + Duration.FromHours(10), Assert.Single(plan.Placements).At);
        Assert.Equal([caution], plan.Placements[0].Cautions);
        Assert.Empty(Decider.Cautions(policy, Person.Unknown, before, before.At, before.At, end - Duration.Epsilon));
        Assert.Equal([caution], Decider.Cautions(policy, Person.Unknown, before, before.At, before.At, end));
    }

    /// <summary>Ten to six, never on holidays; from January on every day may be one.</summary>
    [Fact]
    public void That_waiting_never_helps_says_so_where_it_rests_on_days_beyond_the_calendar()
    {
        Hours offices = new(
            "offices",
            WeekSchedule.Of(static _ => [new DayInterval(600, 1080)], new SpecialDays([], null), isQuiet: false),
            isQuiet: false,
            WindowZone.Utc,
            new HolidayCalendar("own", null, 2020, 2026, []));
        Instant evening = Instant.FromUtc(2026, 12, 31, 18, 0);
        Instant before = evening - Duration.FromDays(1);

        Decision.Denied last = Assert.IsType<Decision.Denied>(
            Decider.Decide(Of(offices), Person.Unknown, new(new("email", "marketing"), evening), evening));
        Decision.Denied other = Assert.IsType<Decision.Denied>(
            Decider.Decide(Of(offices), Person.Unknown, new(new("email", "marketing"), before), before));

        Assert.Null(last.NextAllowedAt);
        Assert.Equal(["offices"], last.Warnings.Select(static reason => reason.Rule));
        Assert.Equal(Instant.FromUtc(2026, 12, 31, 10, 0), other.NextAllowedAt);
        Assert.Empty(other.Warnings);
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
        Decision decision = Judge(rules);
        Assert.IsType<Decision.Allowed>(decision);
        return decision;
    }

    private static Decision Judge(params ImmutableArray<Rule> rules)
    {
        Person person = new() { Consents = [new GivenConsent("news", new Scope(), Noon, null, [], null)] };
        return Decider.Decide(Of(rules), person, new Attempt(new("email", "marketing"), Noon), Noon);
    }

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "cautious",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };
}
