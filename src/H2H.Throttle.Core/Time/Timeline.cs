using System.Diagnostics;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Time;

/// <summary>
/// Turns instants into whole positions, such that two contacts are in one window if and only if their positions are
/// less than <see cref="Span"/> apart. Positions never fall as time goes on, whatever clocks do.
/// </summary>
/// <remarks>
/// Rolling: 100 ns ticks; where it is of months, those of the local clock. Last n days: local days; where it is of
/// months, of <see cref="EvenMonths"/>, so that some positions are never reached. Calendar: blocks since 1970, weeks
/// from its first <c>week_starts</c> day. Lifetime: one position for all time.
/// </remarks>
internal readonly struct Timeline(Window window, DateTimeZone zone, IsoDayOfWeek weekStarts)
{
    /// <summary>For longer than this no change of a clock is felt.</summary>
    public static readonly Duration ShiftMax = Duration.FromHours(25);

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public long Span => window switch
    {
        Window.Rolling rolling => rolling.Span.BclCompatibleTicks,
        Window.LastDays last => last.Days,
        Window.LastMonths last => ((long)last.Months * EvenMonths.DaysInEach) + (last.AndDay ? 1 : 0),
        Window.RollingMonths rolling => rolling.Months * EvenMonths.DaysInEach * NodaConstants.TicksPerDay,
        _ => 1,
    };

    public long PositionOf(Instant at) => window switch
    {
        Window.Rolling => at.ToUnixTimeTicks(),
        Window.LastDays => OnCalendar(at, CalendarUnit.Day, 1),
        Window.LastMonths => EvenMonths.NumberOf(DayAt(OnCalendar(at, CalendarUnit.Day, 1))),
        Window.RollingMonths => OnClock(at),
        Window.Calendar calendar => OnCalendar(at, calendar.Unit, calendar.Count),
        Window.Lifetime => 0,
        _ => throw new UnreachableException(),
    };

    /// <summary>The first instant at a position or after it; null if it never comes.</summary>
    public Instant? StartOf(long position) => window switch
    {
        Window.Rolling => Instant.FromUnixTimeTicks(position),
        Window.LastDays => StartOf(position, CalendarUnit.Day, 1),
        Window.LastMonths => LocalStart.Of(EvenMonths.DayFrom(position), zone),
        Window.RollingMonths => StartOnClock(position),
        Window.Calendar calendar => StartOf(position, calendar.Unit, calendar.Count),
        Window.Lifetime => position <= 0 ? Instant.MinValue : null,
        _ => throw new UnreachableException(),
    };

    /// <summary>The window of so many positions that ends with the last of them; null: without that bound.</summary>
    /// <remarks>Of a rolling window the start is excluded and the end included; of all others the reverse.</remarks>
    public (Instant? Start, Instant? End) BoundsOf(long last, long span) => window switch
    {
        Window.Lifetime => (null, null),
        Window.Rolling or Window.RollingMonths => (StartOf(last - span), StartOf(last)),
        _ => (StartOf(last - span + 1), StartOf(last + 1)),
    };

    /// <summary>The first local day of the unit that holds a local day.</summary>
    public LocalDate StartOfUnit(LocalDate day, CalendarUnit unit) => DateOf(IndexOf(day, unit), unit);

    /// <summary>The first local day after the unit that holds a local day.</summary>
    public LocalDate EndOfUnit(LocalDate day, CalendarUnit unit) => DateOf(IndexOf(day, unit) + 1, unit);

    public static LocalDate DayAt(long position) => Epoch.PlusDays((int)position);

    public static long PositionOf(LocalDate day) => Period.DaysBetween(Epoch, day);

    private long OnCalendar(Instant at, CalendarUnit unit, int count)
    {
        ZoneInterval interval = zone.GetZoneInterval(at);
        LocalDateTime local = at.WithOffset(interval.WallOffset).LocalDateTime;
        long index = unit is CalendarUnit.Hour
            ? (PositionOf(local.Date) * 24) + local.Hour
            : IndexOf(local.Date, unit);
        long position = FloorDivide(index, count);

        // Where clocks were just set back over the start of a block, that block has begun already.
        if (interval.HasStart && at - interval.Start < ShiftMax)
        {
            while (StartOf(position + 1, unit, count) <= at)
            {
                position++;
            }
        }

        return position;
    }

    /// <summary>The farthest that the local clock has come.</summary>
    private long OnClock(Instant at)
    {
        ZoneInterval interval = zone.GetZoneInterval(at);
        long position = NumberOf(at.WithOffset(interval.WallOffset).LocalDateTime);
        if (!interval.HasStart || at - interval.Start >= ShiftMax)
        {
            return position;
        }

        // Where clocks were just set back, they had come farther.
        Offset before = zone.GetUtcOffset(interval.Start - Duration.FromTicks(1));
        return Math.Max(position, NumberOf(interval.Start.WithOffset(before).LocalDateTime) - 1);
    }

    private Instant StartOnClock(long position)
    {
        long number = FloorDivide(position, NodaConstants.TicksPerDay);
        LocalDate day = EvenMonths.DayFrom(number);
        long ticks = EvenMonths.NumberOf(day) == number ? position - (number * NodaConstants.TicksPerDay) : 0;
        return LocalStart.Of(day.AtMidnight().PlusTicks(ticks), zone);
    }

    private static long NumberOf(LocalDateTime local) =>
        (EvenMonths.NumberOf(local.Date) * NodaConstants.TicksPerDay) + local.TickOfDay;

    private Instant StartOf(long position, CalendarUnit unit, int count)
    {
        long index = position * count;
        LocalDateTime local = unit is CalendarUnit.Hour
            ? Epoch.AtMidnight().PlusHours(index)
            : DateOf(index, unit).AtMidnight();
        return LocalStart.Of(local, zone);
    }

    private long IndexOf(LocalDate day, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Day => PositionOf(day),
        CalendarUnit.Week => FloorDivide(PositionOf(day) - PositionOf(FirstWeek), 7),
        CalendarUnit.Month => ((day.Year - Epoch.Year) * 12L) + day.Month - 1,
        CalendarUnit.Quarter => ((day.Year - Epoch.Year) * 4L) + ((day.Month - 1) / 3),
        CalendarUnit.Year => day.Year - Epoch.Year,
        _ => throw new UnreachableException(),
    };

    private LocalDate DateOf(long index, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Day => Epoch.PlusDays((int)index),
        CalendarUnit.Week => FirstWeek.PlusWeeks((int)index),
        CalendarUnit.Month => Epoch.PlusMonths((int)index),
        CalendarUnit.Quarter => Epoch.PlusMonths((int)index * 3),
        CalendarUnit.Year => Epoch.PlusYears((int)index),
        _ => throw new UnreachableException(),
    };

    private LocalDate FirstWeek =>
        Epoch.DayOfWeek == weekStarts ? Epoch : Epoch.Next(weekStarts);

    private static long FloorDivide(long value, long by) => (value - (((value % by) + by) % by)) / by;
}
