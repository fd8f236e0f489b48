using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Tests.Stories;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests;

/// <summary>Widened windows day by day around the turn of a year, where weeks, months and quarters end.</summary>
public sealed class WidenedWindowPropertyTests
{
    private static readonly Instant NewYear = Instant.FromUtc(2026, 1, 1, 12, 0);

    [Fact]
    public void Every_day_is_free_or_not_as_trying_every_window_says() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        static number =>
        {
            Random dice = new(number);
            Story story = Tell(dice);
            foreach (int day in Enumerable.Range(-60, 160))
            {
                Instant at = NewYear + Duration.FromDays(day);
                Decision decision = Decider.Decide(story.Policy, story.Person, story.With(at), at);
                Assert.True(
                    story.NaivelyDenying(at).IsEmpty == decision is Decision.Allowed,
                    $"{number}, day {day}\n{story.Describe()}");
                if (decision is Decision.Denied { NextAllowedAt: { } next })
                {
                    Instant before = next - Duration.FromTicks(1);
                    Assert.True(
                        story.NaivelyDenying(next).IsEmpty && !story.NaivelyDenying(before).IsEmpty,
                        $"{number}, day {day}, next {next}\n{story.Describe()}");
                }
            }
        }).Check(Trials.Of(60));

    private static Story Tell(Random dice)
    {
        CalendarUnit[] units = [CalendarUnit.Week, CalendarUnit.Month, CalendarUnit.Quarter];
        Window.LastDays window = new(dice.Next(1, 16), units[dice.Next(units.Length)]);
        Density density = new(new Counting(Matcher.Any, []), window, WindowZone.Utc);
        Policy policy = new()
        {
            Name = "widened",
            Channels = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            WeekStarts = (IsoDayOfWeek)dice.Next(1, 8),
            Rules = [new Cap("cap", [new CapLimit(null, dice.Next(1, 4))], density)],
        };
        ContactTraits traits = new("email", "marketing");
        Person person = new()
        {
            Ledger = Ledger.Of(Enumerable.Range(1, dice.Next(1, 7)).Select(i =>
            {
                Instant at = NewYear + Duration.FromDays(dice.Next(-40, 100));
                return new LedgerContact(new ContactNumber(i), at, traits, 1, ContactState.Made, at, null, at);
            })),
        };
        return new Story(
            policy, person, new Attempt(traits, NewYear), NewYear, ImmutableDictionary<string, NaiveHours>.Empty);
    }
}
