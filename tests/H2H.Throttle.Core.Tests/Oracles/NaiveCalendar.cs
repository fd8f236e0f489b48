using System.Diagnostics;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>
/// Calendar days and blocks by their plainest definition: one starts at the first instant whose clock has reached it.
/// </summary>
internal sealed class NaiveCalendar(DateTimeZone zone, IsoDayOfWeek weekStarts)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public DateTimeZone Zone => zone;

    /// <summary>The day that is on: the latest that has started.</summary>
    public LocalDate DayOf(Instant at)
    {
        LocalDate day = at.InZone(zone).Date.PlusDays(2);
        while (FirstInstantOf(day.AtMidnight()) > at)
        {
            day = day.PlusDays(-1);
        }

        return day;
    }

    /// <summary>The farthest that the clock has come, even if it was set back since.</summary>
    public LocalDateTime ClockAt(Instant at) => zone.GetZoneIntervals(at - Duration.FromDays(2), at + Duration.Epsilon)
        .Select(stretch => stretch.HasEnd && stretch.End <= at
            ? (stretch.End - Duration.FromTicks(1)).WithOffset(stretch.WallOffset).LocalDateTime
            : at.WithOffset(stretch.WallOffset).LocalDateTime)
        .Max();

    /// <summary>When so many months are over: at that time of that day, or as a month without it ends.</summary>
    public Instant After(Instant began, int months)
    {
        LocalDateTime start = ClockAt(began);
        LocalDateTime end = start.PlusMonths(months);
        return FirstInstantOf(end.Day == start.Day ? end : end.Date.PlusDays(1).AtMidnight());
    }

    /// <summary>The last of so many months that follow a day, or that begin with it.</summary>
    public static LocalDate LastDayOf(LocalDate day, int months, bool includesFirst)
    {
        LocalDate end = day.PlusMonths(months);
        return includesFirst && end.Day == day.Day ? end.PlusDays(-1) : end;
    }

    /// <summary>Whether two instants are in one block of so many units.</summary>
    public bool AreInOneBlock(Instant one, Instant other, CalendarUnit unit, int count) =>
        StartOfBlock(one, unit, count) == StartOfBlock(other, unit, count);

    /// <summary>Of a day that the zone passed over: the start of the next.</summary>
    public Instant StartOf(LocalDate day) => FirstInstantOf(day.AtMidnight());

    /// <summary>The first day of the unit that a day is in.</summary>
    public LocalDate StartOfUnit(LocalDate day, CalendarUnit unit)
    {
        LocalDate start = day;
        while (!IsStartOf(start, unit))
        {
            start = start.PlusDays(-1);
        }

        return start;
    }

    /// <summary>The last day of the unit that a day is in.</summary>
    public LocalDate EndOfUnit(LocalDate day, CalendarUnit unit)
    {
        LocalDate end = day.PlusDays(1);
        while (!IsStartOf(end, unit))
        {
            end = end.PlusDays(1);
        }

        return end.PlusDays(-1);
    }

    private LocalDateTime StartOfBlock(Instant at, CalendarUnit unit, int count)
    {
        LocalDateTime start = BlockUpTo(at.InZone(zone).LocalDateTime.PlusDays(2), unit, count);
        while (FirstInstantOf(start) > at)
        {
            start = BlockUpTo(start.PlusMinutes(-1), unit, count);
        }

        return start;
    }

    private LocalDateTime BlockUpTo(LocalDateTime local, CalendarUnit unit, int count)
    {
        if (unit is CalendarUnit.Hour)
        {
            long hours = Period.Between(Epoch.AtMidnight(), local, PeriodUnits.Hours).Hours;
            return Epoch.AtMidnight().PlusHours(hours - (hours % count));
        }

        LocalDate first = unit is CalendarUnit.Week && Epoch.DayOfWeek != weekStarts ? Epoch.Next(weekStarts) : Epoch;
        LocalDate block = first;
        for (int i = 1; Next(first, unit, i * count) <= local.Date; i++)
        {
            block = Next(first, unit, i * count);
        }

        return block.AtMidnight();
    }

    private static LocalDate Next(LocalDate first, CalendarUnit unit, int count) => unit switch
    {
        CalendarUnit.Day => first.PlusDays(count),
        CalendarUnit.Week => first.PlusWeeks(count),
        CalendarUnit.Month => first.PlusMonths(count),
        CalendarUnit.Quarter => first.PlusMonths(3 * count),
        CalendarUnit.Year => first.PlusYears(count),
        _ => throw new UnreachableException(),
    };

    private bool IsStartOf(LocalDate day, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Day => true,
        CalendarUnit.Week => day.DayOfWeek == weekStarts,
        CalendarUnit.Month => day.Day == 1,
        CalendarUnit.Quarter => day is { Day: 1, Month: 1 or 4 or 7 or 10 },
        _ => throw new UnreachableException(),
    };

    private Instant FirstInstantOf(LocalDateTime local)
    {
        Instant near = local.InUtc().ToInstant();
        Duration around = Duration.FromDays(2);
        foreach (ZoneInterval stretch in zone.GetZoneIntervals(near - around, near + around))
        {
            Instant there = local.WithOffset(stretch.WallOffset).ToInstant();
            Instant reached = stretch.HasStart ? Instant.Max(there, stretch.Start) : there;
            if (!stretch.HasEnd || reached < stretch.End)
            {
                return reached;
            }
        }

        throw new UnreachableException();
    }
}
