using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Cli.Why;

/// <summary>The times that an axis names: as many as there is room for, at round hours, days or months.</summary>
internal static class Ticks
{
    private const int Room = 10;

    private static readonly ImmutableArray<int> Hours = [1, 2, 3, 6, 12];
    private static readonly ImmutableArray<int> Days = [1, 2, 7, 14];

    public static ImmutableArray<(int Column, string Label)> On(TimeAxis axis, DateTimeZone zone)
    {
        LocalDateTime first = axis.Start.InZone(zone).LocalDateTime;
        LocalDateTime last = axis.End.InZone(zone).LocalDateTime;
        double hours = (axis.End - axis.Start).TotalHours;
        double ticksMax = axis.Width / (double)Room;
        IEnumerable<LocalDateTime> times = Hours.FirstOrDefault(step => hours / step <= ticksMax) is var hour and > 0
            ? EveryHours(first, last, hour)
            : Days.FirstOrDefault(step => hours / 24 / step <= ticksMax) is var day and > 0
                ? EveryDays(first, last, day)
                : EveryMonth(first, last);
        return
        [
            .. from time in times
               let column = axis.ColumnOf(zone.ResolveLocal(time, Resolvers.LenientResolver).ToInstant())
               where axis.Has(column)
               select (column, Label(time)),
        ];
    }

    private static IEnumerable<LocalDateTime> EveryHours(LocalDateTime first, LocalDateTime last, int step)
    {
        for (LocalDateTime at = first.Date.AtMidnight(); at <= last; at = at.PlusHours(step))
        {
            yield return at;
        }
    }

    // Weeks and their like begin on Mondays.
    private static IEnumerable<LocalDateTime> EveryDays(LocalDateTime first, LocalDateTime last, int step)
    {
        LocalDate day = step < 7 ? first.Date : first.Date.PlusDays(1).Previous(IsoDayOfWeek.Monday);
        for (LocalDateTime at = day.AtMidnight(); at <= last; at = at.PlusDays(step))
        {
            yield return at;
        }
    }

    private static IEnumerable<LocalDateTime> EveryMonth(LocalDateTime first, LocalDateTime last)
    {
        LocalDate month = new(first.Year, first.Month, 1);
        for (LocalDateTime at = month.AtMidnight(); at <= last; at = at.PlusMonths(1))
        {
            yield return at;
        }
    }

    private static string Label(LocalDateTime time) => time.TimeOfDay == LocalTime.Midnight
        ? time.ToString("ddd d MMM", CultureInfo.InvariantCulture)
        : time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
