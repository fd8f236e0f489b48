using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>Makes up rules.</summary>
internal sealed class RuleMaker(Random dice, DateTimeZone zone, Func<Instant> moment)
{
    /// <summary>A rule of any kind; of one about hours the table is kept under its name.</summary>
    public Rule Make(string name, IDictionary<string, NaiveHours> hours) => Conditioned(Kind(name, hours));

    /// <summary>A rule about what was said or what happened.</summary>
    public Rule MakeFact(string name) => Conditioned(Fact(name));

    private Rule Conditioned(Rule rule)
    {
        Instant? from = Chance(8) ? moment() : null;
        Instant? until = Chance(8) ? moment() : null;
        return rule with
        {
            When = Matcher(),
            Unless = Chance(8) ? Unless() : null,
            UnlessConsent = Chance(10) ? Consent() : null,
            From = from,
            Until = until > from || from is null ? until : null,
            Effect = Chance(5) ? Pick<Effect>([Effect.Warn, Effect.Observe]) : Effect.Deny,
        };
    }

    /// <summary>A window of any kind, mostly short.</summary>
    public Window Window() => dice.Next(7) switch
    {
        0 => Rolling(),
        1 => LastDays(),
        6 => Months(),
        2 => new Window.LastDays(
            dice.Next(1, 20),
            Pick<CalendarUnit>([CalendarUnit.Day, CalendarUnit.Week, CalendarUnit.Month, CalendarUnit.Quarter])),
        3 => new Window.Calendar(CalendarUnit.Hour, dice.Next(1, 7)),
        4 when Chance(6) => Core.Time.Window.Forever,
        _ => new Window.Calendar(
            Pick([.. Enum.GetValues<CalendarUnit>()]), dice.Next(1, 4)),
    };

    /// <summary>Times that a person named; the table is kept under their text.</summary>
    public PersonQuiet Quiet(string text, IDictionary<string, NaiveHours> hours)
    {
        NaiveHours times = new([.. Enumerable.Range(0, 7).Select(_ => Day())]) { IsQuiet = true };
        hours[text] = times;
        return new PersonQuiet(
            new Scope(Channel: Chance(2) ? "email" : null),
            WeekSchedule.Of(day => times.Days[(int)day - 1]),
            text,
            Chance(3) ? moment().InZone(zone).Date : null);
    }

    private Rule Kind(string name, IDictionary<string, NaiveHours> hours)
    {
        switch (dice.Next(7))
        {
            case 6:
                return Fact(name);
            case 0:
                Window distance = Recent();
                return new Gap(name, new Density(Counting(isWeighted: false), distance, Zone()));
            case 1:
                NaiveHours table = Table();
                hours[name] = table;
                return new Hours(name, table.ToSchedule(), table.IsQuiet, Zone(), table.Calendar);
            default:
                CapLimit other = new(null, Chance(12) ? null : dice.Next(0, 5));
                CapLimit gold = new(
                    new Matcher([new Condition.Attribute("tier", [new Glob("gold")])]), dice.Next(1, 5));
                Density density = new(Counting(isWeighted: Chance(3)), Window(), Zone());
                return new Cap(name, Chance(4) ? [gold, other] : [other], density)
                {
                    Keep = Chance(5) ? new KeptSlots(dice.Next(1, 3), Matcher()) : null,
                };
        }
    }

    private Rule Fact(string name)
    {
        Instant start = moment();
        switch (dice.Next(8))
        {
            case 5:
                return new Listed(name, "robinson", Chance(4) ? null : Freshness(), Zone());
            case 0:
                return new Blackout(name, new Interval(start, start + Duration.FromHours(dice.Next(1, 50))));
            case 1:
                return new ConsentNeeded(name, Consent());
            case 2:
                return new OnHold(name, "complaint");
            case 3:
                Window recently = Recent();
                return new Needs(name, Happening(), recently, Zone())
                {
                    Or = Chance(3) ? new Needs(name, Happening(), Recent(), Zone()) : null,
                };
            case 4:
                int row = dice.Next(2, 5);
                return new Balance(name, dice.Next(0, row), row, new Counting(Matcher(), []), Matcher());
            default:
                int times = dice.Next(1, 4);
                Window within = times == 1 ? Core.Time.Window.Forever : Recent();
                return new Cooldown(name, Happening(), Quiet(), times, within, Zone());
        }
    }

    private Freshness Freshness() => dice.Next(4) switch
    {
        0 => new Freshness.Rolling(Rolling()),
        1 => new Freshness.Months(1),
        2 => new Freshness.RollingMonths(new Window.RollingMonths(1)),
        _ => new Freshness.Days(dice.Next(1, 9)),
    };

    private ConsentTerms Consent() => new("news")
    {
        Lasts = Chance(3) ? Quiet() : null,
        EndsOn = Chance(3) ? [Pick(["busy", "purchase"])] : [],
    };

    private Silence Quiet() => dice.Next(6) switch
    {
        0 => Silence.Forever,
        1 or 2 => new Silence.Days(dice.Next(1, 6), IncludesFirst: Chance(2)),
        3 when Chance(2) => new Silence.RollingMonths(new Window.RollingMonths(dice.Next(1, 3))),
        3 => new Silence.Months(dice.Next(1, 3), IncludesFirst: Chance(2)),
        _ => new Silence.Rolling(Rolling()),
    };

    private Counting Happening() => dice.Next(4) switch
    {
        0 => new Counting(new Matcher([new Condition.Event([new Glob("purchase")])]), []),
        1 => new Counting(
            new Matcher([new Condition.Outcome([new Glob("busy")])]), [new GroupKey.Trait(TraitKey.Subject)]),
        2 => new Counting(
            new Matcher([new Condition.Event([new Glob("opt_*")]), Is(TraitKey.Channel, "email")]),
            Chance(2) ? [] : [new GroupKey.Trait(Pick<TraitKey>([TraitKey.Channel, TraitKey.Brand]))]),
        _ => new Counting(Past(), []),
    };

    private Window.Rolling Rolling() => new(
        Chance(3) ? Duration.FromHours(dice.Next(1, 30)) : Duration.FromMinutes(15 * dice.Next(1, 200)));

    private Window.LastDays LastDays() => new(dice.Next(1, 9));

    private Window Months() => Chance(2)
        ? new Window.RollingMonths(dice.Next(1, 3))
        : new Window.LastMonths(dice.Next(1, 3), andDay: Chance(2));

    /// <summary>One that looks back from a moment.</summary>
    private Window Recent() => dice.Next(6) switch
    {
        0 => Months(),
        < 4 => Rolling(),
        _ => LastDays(),
    };

    private NaiveHours Table() => new([.. Enumerable.Range(0, 7).Select(_ => Day())])
    {
        Holidays = Chance(2) ? Day() : null,
        Eves = Chance(3) ? Day() : null,
        Calendar = Chance(4) ? null : Calendar(),
        IsQuiet = Chance(2),
    };

    private ImmutableArray<DayInterval> Day() =>
    [
        .. Enumerable.Range(0, dice.Next(0, 3)).Select(_ =>
        {
            int start = 15 * dice.Next(0, 96);
            return new DayInterval(start, start + (15 * dice.Next(1, 97)));
        }),
    ];

    /// <summary>With holidays near the middle of the story, whose end may lie beyond what is covered.</summary>
    private HolidayCalendar Calendar()
    {
        LocalDate middle = moment().InZone(zone).Date;
        ImmutableArray<LocalDate> dates =
            [.. Enumerable.Range(0, dice.Next(0, 6)).Select(_ => middle.PlusDays(dice.Next(-6, 20)))];
        return new HolidayCalendar("told", null, middle.Year - 1, middle.Year + dice.Next(0, 3), dates);
    }

    private Counting Counting(bool isWeighted) => new(
        Past(),
        dice.Next(8) switch
        {
            < 3 => [],
            3 => [new GroupKey.Trait(TraitKey.Brand)],
            4 => [new GroupKey.Trait(TraitKey.Subject)],
            5 => [new GroupKey.Trait(TraitKey.Channel), new GroupKey.Trait(TraitKey.Subject)],
            6 => [new GroupKey.Label("shop")],
            _ => [new GroupKey.Trait(Pick(StoryTeller.Grouping))],
        },
        isWeighted,
        Pick<OutcomeFilter>(
        [
            OutcomeFilter.Attempted, OutcomeFilter.Attempted, OutcomeFilter.Delivered, OutcomeFilter.Connected,
            OutcomeFilter.Only(["busy"]), OutcomeFilter.Except(["delivered"]),
        ]));

    /// <summary>Of contacts that were made, which can be told apart by more.</summary>
    private Matcher Past() => dice.Next(14) switch
    {
        0 => new Matcher([new Condition.Outcome([new Glob("busy"), new Glob("deliver*")])]),
        1 => new Matcher([new Condition.Consent(new ConsentTerms("news"))]),
        2 => new Matcher([new Condition.Not(new Matcher([new Condition.Outcome([new Glob("busy")])]))]),
        _ => Matcher(),
    };

    private Matcher Unless() => new(
    [
        Chance(2) ? Is(TraitKey.Brand, "n*") : new Condition.Attribute("tier", [new Glob("gold")]),
    ]);

    private Matcher Matcher() => dice.Next(16) switch
    {
        0 => new Matcher([Is(TraitKey.Channel, "email")]),
        1 => new Matcher([Is(TraitKey.Purpose, "service", "marketing")]),
        2 => new Matcher([Is(TraitKey.Direction, "*")]),
        3 => new Matcher([new Condition.Not(new Matcher([Is(TraitKey.Brand, "south")]))]),
        4 => new Matcher([Is(Pick(StoryTeller.Grouping), "*1")]),
        5 => new Matcher([new Condition.Label("shop", [new Glob("*")]), new Condition.Priority(0, 60)]),
        6 => new Matcher([Is(TraitKey.Country, "IT", "C?", "P*")]),
        7 => new Matcher([Is(TraitKey.Subject, "car", "b*")]),
        8 => new Matcher([new Condition.Priority(50, 100)]),
        _ => Core.Rules.Matcher.Any,
    };

    private static Condition.Trait Is(TraitKey key, params string[] globs) =>
        new(key, [.. globs.Select(static glob => new Glob(glob))]);

    private WindowZone Zone() => dice.Next(6) switch
    {
        0 => WindowZone.Utc,
        1 => new WindowZone.Fixed(zone),
        _ => WindowZone.Person,
    };

    private bool Chance(int oneIn) => dice.Next(oneIn) == 0;

    private T Pick<T>(ImmutableArray<T> items) => items[dice.Next(items.Length)];
}
