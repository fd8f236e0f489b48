using System.Diagnostics;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Whether rules about what was said and what happened deny, by the words of the policy language.</summary>
internal static class NaiveFacts
{
    public static bool HasConsent(
        Person person, ConsentTerms terms, ContactTraits traits, IReadOnlyList<NaiveCalendar> calendars, Instant at) =>
        person.Consents.Any(given => given.Name == terms.Name
            && given.Scope.Covers(traits)
            && given.From <= at
            && (given.Until is null || at < given.Until)
            && (terms.Lasts is null || calendars.All(calendar => IsSilent(terms.Lasts, calendar, given.From, at)))
            && !EndsOf(person, terms, given).Any(end => given.From < end && end <= at));

    /// <summary>When something happened that ends a consent.</summary>
    private static IEnumerable<Instant> EndsOf(Person person, ConsentTerms terms, GivenConsent given) =>
    [
        .. person.Ledger.Contacts
            .Where(contact => contact.Outcome is { } outcome
                && (terms.EndsOn.Contains(outcome) || given.EndsOn.Contains(outcome))
                && given.Scope.Covers(contact.Traits))
            .Select(static contact => contact.OutcomeAt),
        .. person.Ledger.Events
            .Where(happened => (terms.EndsOn.Contains(happened.Name) || given.EndsOn.Contains(happened.Name))
                && (happened.Traits.Channel.Length == 0 || given.Scope.Channel is null
                    || given.Scope.Channel == happened.Traits.Channel))
            .Select(static happened => happened.At),
    ];

    /// <summary>Whether silence lies over an instant, in one zone.</summary>
    /// <param name="rule">How often what must have happened, and how long silence is kept.</param>
    /// <param name="calendar">The zone's days.</param>
    /// <param name="happened">What happened, when.</param>
    /// <param name="at">The instant.</param>
    public static bool IsSilent(
        Cooldown rule, NaiveCalendar calendar, IReadOnlyList<Instant> happened, Instant at) =>
        happened
        .Where(last => last <= at)
        .Where(last => happened.Count(one =>
            one <= last && IsWithin(rule.Within, calendar, one, last)) >= rule.Times)
        .Any(last => IsSilent(rule.Silence, calendar, last, at));

    /// <summary>Whether a time that began is not over yet.</summary>
    private static bool IsSilent(Silence silence, NaiveCalendar calendar, Instant began, Instant at)
    {
        LocalDate first = began.InZone(calendar.Zone).Date;
        return silence switch
        {
            Silence.Endless => true,
            Silence.Rolling rolling => at - began < rolling.Window.Span,
            Silence.Days days => calendar.DayOf(at) < first.PlusDays(days.IncludesFirst ? days.Count : days.Count + 1),
            Silence.Months months =>
                calendar.DayOf(at) <= NaiveCalendar.LastDayOf(first, months.Count, months.IncludesFirst),
            Silence.RollingMonths rolling => at < calendar.After(began, rolling.Window.Months),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Whether a copy is not too old: whole days and months follow the day of the copy.</summary>
    public static bool IsFresh(Freshness? freshness, NaiveCalendar calendar, Instant asOf, Instant at) =>
        freshness switch
        {
            null => true,
            Freshness.Rolling rolling => at - asOf < rolling.Window.Span,
            Freshness.Days days => calendar.DayOf(at) <= asOf.InZone(calendar.Zone).Date.PlusDays(days.Count),
            Freshness.Months months => calendar.DayOf(at) <= asOf.InZone(calendar.Zone).Date.PlusMonths(months.Count),
            Freshness.RollingMonths rolling => at < calendar.After(asOf, rolling.Window.Months),
            _ => throw new UnreachableException(),
        };

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
