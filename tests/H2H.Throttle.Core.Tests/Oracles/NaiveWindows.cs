using System.Diagnostics;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Finds the fullest window that holds a new contact, by trying every window.</summary>
internal static class NaiveWindows
{
    /// <summary>The most that one window weighs which holds the new contact, that contact included.</summary>
    /// <param name="window">The kind of window.</param>
    /// <param name="calendar">Its days.</param>
    /// <param name="contacts">Those that count, with their weights; without the new one.</param>
    /// <param name="at">When the new one is.</param>
    /// <param name="weight">Of the new one.</param>
    public static int Fullest(
        Window window, NaiveCalendar calendar, IReadOnlyList<(Instant At, int Weight)> contacts, Instant at, int weight)
    {
        (Instant At, int Weight)[] all = [.. contacts, (at, weight)];
        switch (window)
        {
            case Window.Rolling rolling:
                return all.Where(first => first.At <= at && at - first.At < rolling.Span).Max(first => all
                    .Where(one => one.At >= first.At && one.At - first.At < rolling.Span)
                    .Sum(one => one.Weight));
            case Window.LastDays { Widen: null } last:
                LocalDate today = calendar.DayOf(at);
                return Enumerable.Range(0, last.Days).Max(ahead =>
                {
                    LocalDate end = today.PlusDays(ahead);
                    LocalDate start = end.PlusDays(1 - last.Days);
                    return all.Where(one => IsIn(calendar.DayOf(one.At), start, end)).Sum(one => one.Weight);
                });
            case Window.LastMonths last:
                return Enumerable.Range(0, (31 * last.Months) + 2).Max(ahead =>
                {
                    LocalDate end = calendar.DayOf(at).PlusDays(ahead);
                    return IsInMonths(last, calendar.DayOf(at), end)
                        ? all.Where(one => IsInMonths(last, calendar.DayOf(one.At), end)).Sum(one => one.Weight)
                        : 0;
                });
            case Window.RollingMonths rolling:
                return all
                    .Where(first => first.At <= at && at < calendar.After(first.At, rolling.Months))
                    .Max(first => all
                        .Where(one => one.At >= first.At && one.At < calendar.After(first.At, rolling.Months))
                        .Sum(one => one.Weight));
            case Window.LastDays { Widen: { } unit } last:
                return all.Where(one => one.At >= at).Max(later =>
                {
                    LocalDate day = calendar.DayOf(later.At);
                    LocalDate start = calendar.StartOfUnit(day.PlusDays(1 - last.Days), unit);
                    LocalDate end = calendar.EndOfUnit(day, unit);
                    return IsIn(calendar.DayOf(at), start, end)
                        ? all.Where(one => IsIn(calendar.DayOf(one.At), start, end)).Sum(one => one.Weight)
                        : 0;
                });
            case Window.Calendar blocks:
                return all
                    .Where(one => calendar.AreInOneBlock(one.At, at, blocks.Unit, blocks.Count))
                    .Sum(one => one.Weight);
            case Window.Lifetime:
                return all.Sum(one => one.Weight);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whether two contacts are closer than a gap allows.</summary>
    public static bool AreTooClose(Window gap, NaiveCalendar calendar, Instant one, Instant other) => gap switch
    {
        Window.Rolling rolling => (one > other ? one - other : other - one) < rolling.Span,
        Window.LastDays last =>
            Math.Abs(Period.DaysBetween(calendar.DayOf(one), calendar.DayOf(other))) < last.Days,
        Window.LastMonths last => one <= other
            ? IsInMonths(last, calendar.DayOf(one), calendar.DayOf(other))
            : IsInMonths(last, calendar.DayOf(other), calendar.DayOf(one)),
        Window.RollingMonths rolling =>
            Instant.Max(one, other) < calendar.After(Instant.Min(one, other), rolling.Months),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether a day is among the months that end with another.</summary>
    private static bool IsInMonths(Window.LastMonths last, LocalDate day, LocalDate end) => day <= end
        && end <= NaiveCalendar.LastDayOf(day, last.Months, includesFirst: !last.AndDay);

    private static bool IsIn(LocalDate day, LocalDate start, LocalDate end) => start <= day && day <= end;
}
