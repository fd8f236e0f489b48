using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>Works out on which days holidays are kept.</summary>
internal static class CalendarDates
{
    /// <summary>
    /// The days of these years and of the one after, so that a first of January kept in December is among them.
    /// </summary>
    public static ImmutableArray<LocalDate> Of(ImmutableArray<Holiday> holidays, int firstYear, int lastYear)
    {
        (LocalDate Day, WeekendShift Shift)[] own =
        [
            .. from year in Enumerable.Range(firstYear, lastYear - firstYear + 2)
               from holiday in holidays
               let day = holiday.In(year)
               where day is not null
               orderby day
               select (day.Value, holiday.Shift),
        ];
        HashSet<LocalDate> kept =
            [.. own.Where(static one => !IsMoved(one.Day, one.Shift)).Select(static one => one.Day)];
        foreach ((LocalDate day, WeekendShift shift) in own)
        {
            switch (shift)
            {
                case WeekendShift.Nearest when IsWeekend(day):
                    kept.Add(day.PlusDays(day.DayOfWeek is IsoDayOfWeek.Saturday ? -1 : 1));
                    break;
                case WeekendShift.Next when IsWeekend(day):
                    kept.Add(NextFree(day, kept));
                    break;
            }
        }

        return [.. kept.Order()];
    }

    private static bool IsMoved(LocalDate day, WeekendShift shift) => shift is WeekendShift.Nearest && IsWeekend(day);

    private static bool IsWeekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private static LocalDate NextFree(LocalDate day, HashSet<LocalDate> kept)
    {
        LocalDate next = day.PlusDays(1);
        while (IsWeekend(next) || kept.Contains(next))
        {
            next = next.PlusDays(1);
        }

        return next;
    }
}
