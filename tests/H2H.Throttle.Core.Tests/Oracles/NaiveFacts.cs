using System.Diagnostics;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Whether rules about what was said and what happened deny, by the words of the policy language.</summary>
internal static class NaiveFacts
{
    public static bool HasConsent(Person person, string name, ContactTraits traits, Instant at) => person.Consents
        .Any(given => given.Name == name
            && given.Scope.Covers(traits)
            && given.From <= at
            && (given.Until is null || at < given.Until));

    /// <summary>Whether silence lies over an instant, in one zone.</summary>
    /// <param name="rule">How often what must have happened, and how long silence is kept.</param>
    /// <param name="calendar">The zone's days.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="happened">What happened, when.</param>
    /// <param name="at">The instant.</param>
    public static bool IsSilent(
        Cooldown rule, NaiveCalendar calendar, DateTimeZone zone, IReadOnlyList<Instant> happened, Instant at) =>
        happened
        .Where(last => last <= at)
        .Where(last => happened.Count(one =>
            one <= last && IsWithin(rule.Within, calendar, one, last)) >= rule.Times)
        .Any(last => rule.Silence switch
        {
            Silence.Endless => true,
            Silence.Rolling rolling => at - last < rolling.Window.Span,
            Silence.Days days => calendar.DayOf(at)
                < last.InZone(zone).Date.PlusDays(days.IncludesFirst ? days.Count : days.Count + 1),
            Silence.Months months => calendar.DayOf(at)
                <= NaiveCalendar.LastDayOf(last.InZone(zone).Date, months.Count, months.IncludesFirst),
            Silence.RollingMonths rolling => at < calendar.After(last, rolling.Window.Months),
            _ => throw new UnreachableException(),
        });

    /// <summary>Whether something happened before an instant and not too long ago.</summary>
    public static bool IsRecent(Window within, NaiveCalendar calendar, IReadOnlyList<Instant> happened, Instant at) =>
        happened.Any(one => one <= at && IsWithin(within, calendar, one, at));

    /// <summary>Whether a row around a new contact has too many of its kind.</summary>
    /// <param name="rule">How many of how many.</param>
    /// <param name="row">The other contacts, in order, and whether each is of the kind.</param>
    /// <param name="at">When the new one is, after those at the same instant.</param>
    public static bool IsUnbalanced(Balance rule, IReadOnlyList<(Instant At, bool OfKind)> row, Instant at)
    {
        int place = row.Count(one => one.At <= at);
        List<bool> all = [.. row.Select(static one => one.OfKind)];
        all.Insert(place, true);
        return Enumerable.Range(0, all.Count)
            .Where(first => first <= place && place < first + rule.OfLast)
            .Any(first => all.Skip(first).Take(rule.OfLast).Count(static ofKind => ofKind) > rule.AtMost);
    }

    private static bool IsWithin(Window window, NaiveCalendar calendar, Instant one, Instant later) => window switch
    {
        Window.Lifetime => true,
        Window.Rolling rolling => later - one < rolling.Span,
        Window.LastDays last => Period.DaysBetween(calendar.DayOf(one), calendar.DayOf(later)) < last.Days,
        Window.LastMonths or Window.RollingMonths => NaiveWindows.AreTooClose(window, calendar, one, later),
        _ => throw new UnreachableException(),
    };
}
