using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests;

/// <summary>A person with fifty contacts under a rule of every window, none of which is full.</summary>
internal static class Crowded
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 13, 12, 0);
    private static readonly ContactTraits Traits = new("email", "marketing") { Campaign = "spring" };

    public static (Policy Policy, Person Person, Attempt Attempt) WithRoom { get; } = (
        new Policy
        {
            Name = "crowded",
            Channels = ["email"],
            Purposes = ImmutableDictionary.CreateRange([KeyValuePair.Create("marketing", new Purpose("marketing"))]),
            Rules =
            [
                .. new Window[]
                {
                    new Window.Rolling(Duration.FromHours(24)),
                    new Window.LastDays(7),
                    new Window.Calendar(CalendarUnit.Hour),
                    new Window.Calendar(CalendarUnit.Week),
                    new Window.Calendar(CalendarUnit.Quarter),
                    Window.Forever,
                }.Select(static window => new Cap(
                    window.ToString(),
                    [new CapLimit(null, 100)],
                    new Density(
                        new Counting(Matcher.Any, [new GroupKey.Trait(TraitKey.Campaign)]),
                        window,
                        WindowZone.Person))),
                new Hours("nights", Schedule, isQuiet: true, WindowZone.Person),
                new Hours("holidays", Holidays, isQuiet: true, WindowZone.Person, Calendar),
            ],
        },
        new Person { Zone = DateTimeZoneProviders.Tzdb["Europe/Rome"], Ledger = Ledger.Of(Contacts) },
        new Attempt(Traits, Now));

    /// <summary>The same, of a pool whose others have as many contacts; the limit just lets one more pass.</summary>
    public static (Policy Policy, Person Person, Attempt Attempt) InPool { get; } = (
        new Policy
        {
            Name = "crowded",
            Channels = WithRoom.Policy.Channels,
            Purposes = WithRoom.Policy.Purposes,
            Rules =
            [
                .. WithRoom.Policy.Rules.OfType<Cap>().Select(static cap => new Cap(
                    cap.Name,
                    [new CapLimit(null, 101)],
                    new Density(cap.Density.Counting, cap.Density.Window, cap.Density.Zone) { Pool = "household" })),
            ],
        },
        WithRoom.Person with
        {
            Pools = WithRoom.Person.Pools.Add("household", new Pool("here") { Others = PoolLedger.Of(Contacts) }),
        },
        WithRoom.Attempt);

    private static WeekSchedule Schedule =>
        WeekSchedule.Of(static _ => [new DayInterval(21 * 60, (24 + 8) * 60)]);

    private static WeekSchedule Holidays =>
        WeekSchedule.Of(static _ => [], new SpecialDays([DayInterval.WholeDay], null), isQuiet: true);

    private static HolidayCalendar Calendar => new("own", null, 2020, 2040, [new LocalDate(2026, 12, 25)]);

    private static IEnumerable<LedgerContact> Contacts => Enumerable.Range(1, 50).Select(static i =>
    {
        Instant at = Now - Duration.FromHours(3 * i);
        return new LedgerContact(
            new ContactNumber(at.ToUnixTimeTicks()), at, Traits, 1, ContactState.Made, at, null, at);
    });
}
