using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>How far an explanation looks, and when each rule says no within it.</summary>
public sealed class HorizonTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ContactTraits Email = new("email", "marketing");

    [Fact]
    public void Without_anything_to_look_at_it_is_six_hours_and_an_eighth_more_to_either_side() =>
        Assert.Equal(Around(Noon - Hours(6), Noon + Hours(6)), Explain(Person.Unknown).Horizon);

    [Fact]
    public void It_holds_the_windows_that_are_looked_at_and_the_contacts_that_count()
    {
        Cap day = new("day", [new CapLimit(null, 5)], Over(new Window.Calendar(CalendarUnit.Day)));
        Cap ever = new("ever", [new CapLimit(null, 5)], Over(Window.Forever));

        Assert.Equal(Around(Noon - Hours(12), Noon + Hours(12)), Explain(Person.Unknown, day).Horizon);
        Assert.Equal(Around(Noon - Hours(480), Noon + Hours(6)), Explain(Had(480), ever).Horizon);
        Assert.Equal(Around(Noon - Hours(480), Noon + Hours(12)), Explain(Had(480), ever, day).Horizon);
        Assert.Equal(Around(Noon - Hours(480), Noon + Hours(12)), Explain(Had(480), day, ever).Horizon);
    }

    [Fact]
    public void It_holds_the_instants_from_which_rules_pass_and_all_of_them_together()
    {
        Blackout closed = new("closed", new Interval(Noon - Hours(1), Noon + Hours(50)));
        Blackout later = new("later", new Interval(Noon + Hours(50), Noon + Hours(90)));

        Assert.Equal(Around(Noon - Hours(6), Noon + Hours(50)), Explain(Person.Unknown, closed).Horizon);
        Assert.Equal(Around(Noon - Hours(6), Noon + Hours(90)), Explain(Person.Unknown, closed, later).Horizon);
    }

    [Fact]
    public void It_ends_92_days_off()
    {
        Cap ever = new("ever", [new CapLimit(null, 5)], Over(Window.Forever));
        Blackout closed = new("closed", new Interval(Noon - Hours(1), Noon + Duration.FromDays(200)));

        Interval horizon = Explain(Had(24 * 200), ever, closed).Horizon;

        Assert.Equal(new Interval(Noon - Explanation.LookMax, Noon + Explanation.LookMax), horizon);
    }

    [Fact]
    public void Hours_say_no_before_the_contact_too_and_what_rests_on_contacts_only_after_it()
    {
        Hours office = new(
            "office", WeekSchedule.Of(static _ => [new DayInterval(8 * 60, 15 * 60)]), false, WindowZone.Utc);
        Gap gap = new("gap", Over(new Window.Rolling(Hours(2))));
        Explanation explanation = Explain(Had(-2), office, gap);
        Interval horizon = explanation.Horizon;

        Assert.Equal(
            [new Interval(horizon.Start, At(8)), new Interval(At(15), horizon.End)], ClosedBy(explanation, "office"));
        Assert.Equal(
            [new Interval(At(12) + Duration.FromTicks(1), At(16))], ClosedBy(explanation, "gap"));
    }

    [Fact]
    public void What_no_time_ends_says_no_until_the_end_and_a_snooze_until_it_is_over()
    {
        Person person = new()
        {
            Holds = ["complaint"],
            Statements = Statements.Of([new Statement(true, new Scope("email"), Noon - Hours(1), null)]),
            Snoozes = [new Snooze(Scope.Everything, Noon + Hours(3))],
        };

        Explanation explanation = Explain(person, new OnHold("hold", "complaint"));

        Interval whole = new(Noon, explanation.Horizon.End);
        Assert.Equal([whole], ClosedBy(explanation, "hold"));
        Assert.Equal([whole], ClosedBy(explanation, "opt-out"));
        Assert.Equal([new Interval(Noon, Noon + Hours(3))], ClosedBy(explanation, "snooze"));
        Assert.Equal(
            [
                "The person opted out of channel email.",
                "The person asked to be left alone for a while.",
                "The business put contact on hold: complaint.",
            ],
            explanation.Rules.Select(static one => one.Obstacle?.Message));
    }

    [Fact]
    public void No_more_than_so_many_stretches_are_told()
    {
        Hours minutes = new(
            "minutes",
            WeekSchedule.Of(
                static _ => [.. Enumerable.Range(0, 700).Select(static i => new DayInterval(2 * i, (2 * i) + 1))]),
            false,
            WindowZone.Utc);

        Assert.Equal(RuleFinding.ClosedMax, ClosedBy(Explain(Person.Unknown, minutes), "minutes").Length);
    }

    private static ImmutableArray<Interval> ClosedBy(Explanation explanation, string rule) =>
        explanation.Rules.Single(one => one.Rule.Name == rule).Closed;

    /// <summary>With an eighth of it more on each side.</summary>
    private static Interval Around(Instant start, Instant end) =>
        new(start - ((end - start) / 8), end + ((end - start) / 8));

    private static Person Had(int hoursAgo)
    {
        Instant at = Noon - Hours(hoursAgo);
        return new Person
        {
            Ledger = Ledger.Of(
                [new LedgerContact(new ContactNumber(1), at, Email, 1, ContactState.Made, at, null, at)]),
        };
    }

    private static Instant At(int hour) => Noon + Hours(hour - 12);

    private static Duration Hours(int count) => Duration.FromHours(count);

    private static Density Over(Window window) => new(new Counting(Matcher.Any, []), window, WindowZone.Utc);

    private static Explanation Explain(Person person, params ImmutableArray<Rule> rules) => Decider.Explain(
        new Policy
        {
            Name = "p",
            Channels = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = rules,
        },
        person,
        new Attempt(Email, Noon),
        Noon);
}
