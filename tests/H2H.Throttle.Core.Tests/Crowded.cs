using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
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

    /// <summary>The same person under rules of every kind, each with something to look at.</summary>
    public static (Policy Policy, Person Person, Attempt Attempt) UnderEveryKind { get; } = (
        new Policy
        {
            Name = "crowded",
            Channels = WithRoom.Policy.Channels,
            Purposes = WithRoom.Policy.Purposes,
            Rules =
            [
                new Cap("gold", [new CapLimit(new Matcher([new Condition.Attribute("tier", [new Glob("g*")])]), 100)],
                    new Density(
                        new Counting(Matcher.Any, [new GroupKey.Trait(TraitKey.Subject)]),
                        new Window.LastDays(7, CalendarUnit.Month),
                        WindowZone.Person)),
                new Gap("gap", new Density(new Counting(Matcher.Any, []), new Window.LastDays(1), WindowZone.Utc))
                {
                    When = new Matcher([new Condition.Trait(TraitKey.Subject, [new Glob("nothing")])]),
                },
                new Gap("breath", new Density(new Counting(Matcher.Any, []), Hour, WindowZone.Utc)),
                new Blackout("fair", new Interval(Now + Duration.FromDays(1), Now + Duration.FromDays(2))),
                new Cooldown("days", Busy(TraitKey.Subject), new Silence.Days(1, false), 1, Window.Forever,
                    WindowZone.Person),
                new Cooldown("thrice", Busy(TraitKey.Campaign), new Silence.Rolling(Hour), 3, new Window.LastDays(30),
                    WindowZone.Person),
                new Cooldown("gone", Happened("erased"), Silence.Forever, 1, Window.Forever, WindowZone.Person),
                new ConsentNeeded("agreed", new ConsentTerms("news")
                {
                    EndsOn = ["conversation"], Lasts = new Silence.Days(30, false),
                }),
                new Listed("robinson", "robinson", new Freshness.Days(31), WindowZone.Person),
                new OnHold("complaint", "complaint"),
                new Needs("bought", Happened("purchase"), new Window.LastDays(30), WindowZone.Person),
                new Balance("row", 4, 5, new Counting(Matcher.Any, []),
                    new Matcher([new Condition.Trait(TraitKey.Channel, [new Glob("email")])]))
                {
                    UnlessConsent = new ConsentTerms("more"),
                },
                new Balance("few", 60, 100, new Counting(Matcher.Any, []), Matcher.Any),
            ],
        },
        WithRoom.Person with
        {
            Attributes = Person.Unknown.Attributes.Add("tier", "gold"),
            Consents =
            [
                new GivenConsent("news", new Scope(), Now - Duration.FromDays(9), Now + Hour.Span, ["erased"], null),
                new GivenConsent("more", new Scope(), Now - Duration.FromDays(9), null, [], null),
            ],
            Ledger = Ledger.Of(
                Contacts.Select(static contact => contact with { Outcome = "busy" }),
                [new LedgerEvent("purchase", Now - Duration.FromDays(3), new ContactTraits("", "", isOfEvent: true))]),
        },
        new Attempt(
            new ContactTraits("email", "marketing") { Campaign = "summer", Subjects = ["car"], Address = "hash" }, Now)
        {
            Lists = [new ListStanding("robinson", Now - Duration.FromDays(30), IsListed: false)],
        });

    private static Window.Rolling Hour => new(Duration.FromHours(1));

    private static Counting Busy(TraitKey per) =>
        new(new Matcher([new Condition.Outcome([new Glob("busy")])]), [new GroupKey.Trait(per)]);

    private static Counting Happened(string name) => new(new Matcher([new Condition.Event([new Glob(name)])]), []);

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
