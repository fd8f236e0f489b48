using System.Collections.Immutable;
using System.Runtime.InteropServices;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Rules;

/// <summary>Allows contacts inside certain hours alone (<c>hours</c>), or outside them alone (<c>quiet</c>).</summary>
/// <remarks>
/// If the zone is not known, it must be met in every zone that it may be; and if it is not known whether a day is a
/// holiday, it must be met whatever the day is.
/// </remarks>
public sealed record Hours : Rule
{
    private const int ClockChangesMax = 20;

    /// <summary>How far ahead a schedule that knows holidays is searched.</summary>
    private static readonly Duration SearchedMax = Duration.FromDays(WeekSchedule.YearDays);

    /// <summary>How far ahead a time is looked for that several zones share.</summary>
    private static readonly Duration LookMax = Duration.FromDays(Fixpoint.RoundsMax);

    /// <param name="name">Of the rule.</param>
    /// <param name="schedule">The hours.</param>
    /// <param name="isQuiet">False: contact is allowed inside them. True: outside.</param>
    /// <param name="zone">Whose clock.</param>
    /// <param name="calendar">Tells the holidays; null: that of the person's country.</param>
    public Hours(
        string name, WeekSchedule schedule, bool isQuiet, WindowZone zone, HolidayCalendar? calendar = null)
        : base(name) =>
        (Schedule, IsQuiet, Zone, Calendar) = (schedule, isQuiet, zone, calendar);

    public WeekSchedule Schedule { get; }

    public bool IsQuiet { get; }

    public WindowZone Zone { get; }

    public HolidayCalendar? Calendar { get; }

    public override string KindName => IsQuiet ? "quiet" : "hours";

    public override Duration? Reach => Duration.Zero;

    internal override bool Governs(in Circumstances circumstances) =>
        base.Governs(circumstances) && circumstances.Purpose is not { ObeysHours: false };

    internal override bool Allows(in Circumstances circumstances, Instant at)
    {
        HolidayCalendar? calendar = CalendarFor(circumstances);
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            if (Schedule.Contains(LocalAt(at, zone), calendar) == IsQuiet)
            {
                return false;
            }
        }

        return true;
    }

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at)
    {
        HolidayCalendar? calendar = CalendarFor(circumstances);
        ImmutableArray<DateTimeZone> zones = circumstances.ZonesOf(Zone);
        if (zones.Length == 1)
        {
            return Next(zones[0], at, calendar, inside: !IsQuiet);
        }

        Instant from = at;
        while (HopefulFrom(zones, from, at + LookMax) is var (hopeful, until))
        {
            // What comes with the next change of a clock is another question.
            Instant? met = Fixpoint.Least(hopeful, zones, (zone, then) =>
                then < until ? Next(zone, then, calendar, inside: !IsQuiet) : then);
            if (met is null || met < until)
            {
                return met;
            }

            from = until;
        }

        return null;
    }

    /// <summary>
    /// The first stretch of time without a change of any clock in which the zones may share a time that is allowed.
    /// </summary>
    /// <remarks>
    /// Holidays are left out of it. Most rules that the whole world cannot meet are known here by the zones whose
    /// clocks never change, at once.
    /// </remarks>
    /// <returns>Null if there is none before <paramref name="horizon"/>.</returns>
    internal (Instant From, Instant Until)? HopefulFrom(
        ImmutableArray<DateTimeZone> zones, Instant from, Instant horizon)
    {
        WeekMinutes allowed = Schedule.MinutesThatMayBe(inside: !IsQuiet);
        Instant at = from;
        while (at < horizon)
        {
            List<int> now = [];
            List<int> always = [];
            Instant until = Instant.MaxValue;
            foreach (DateTimeZone zone in zones)
            {
                ZoneInterval stretch = zone.GetZoneInterval(at);
                Instant end = stretch.HasEnd ? stretch.End : Instant.MaxValue;
                (int ahead, int seconds) = Math.DivRem(stretch.WallOffset.Seconds, NodaConstants.SecondsPerMinute);
                if (seconds != 0)
                {
                    return (at, Instant.MaxValue);   // Such clocks were last seen in 1972.
                }

                AddOnce(now, ahead);
                if (end >= horizon)
                {
                    AddOnce(always, ahead);
                }

                until = Instant.Min(until, end);
            }

            if (!allowed.HaveCommon(CollectionsMarshal.AsSpan(always)))
            {
                return null;
            }

            if (allowed.HaveCommon(CollectionsMarshal.AsSpan(now)))
            {
                return (at, until);
            }

            at = until;
        }

        return null;
    }

    private static void AddOnce(List<int> numbers, int number)
    {
        if (!numbers.Contains(number))
        {
            numbers.Add(number);
        }
    }

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        HolidayCalendar? calendar = CalendarFor(circumstances);
        Instant? first = null;
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            Instant? busy = Next(zone, at, calendar, inside: IsQuiet);
            first = first is null || busy < first ? busy : first;
        }

        return first;
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        HolidayCalendar? calendar = CalendarFor(circumstances);
        ImmutableArray<DateTimeZone> zones = circumstances.ZonesOf(Zone);
        DateTimeZone zone = zones[0];
        foreach (DateTimeZone one in zones)
        {
            if (Schedule.Contains(LocalAt(at, one), calendar) == IsQuiet)
            {
                zone = one;
                break;
            }
        }

        string where = (zones.Length, Zone) switch
        {
            ( > 1, _) => $"in {zone.Id}, one of the {zones.Length} zones the person may be in",
            (_, WindowZone.Fixed given) => $"in {given.Zone.Id}",
            _ => "where the person is",
        };
        string message = new HoursText(Schedule, IsQuiet, calendar).Write(LocalAt(at, zone), where);
        return new Reason(Name, ReasonCode.OutsideHours, message, freeAt);
    }

    /// <remarks>That it is never met may rest on days that nobody knows, although the day itself is known.</remarks>
    private protected override Reason? Caution(in Circumstances circumstances, Instant at)
    {
        string? unknown = UnknownDay(circumstances, at);
        bool isNeverMet = unknown is null
            && Schedule.KnowsHolidays
            && !Allows(circumstances, at)
            && FreeAt(circumstances, at) is null;
        if (isNeverMet)
        {
            unknown = UnknownDay(circumstances, at + SearchedMax);
        }

        return unknown is null ? null : new Reason(Name, ReasonCode.CalendarUnknown, unknown, FreeAt: null);
    }

    /// <summary>That nobody knows whether it is a holiday then, where that matters; null: it is known.</summary>
    private string? UnknownDay(in Circumstances circumstances, Instant at)
    {
        if (!Schedule.KnowsHolidays)
        {
            return null;
        }

        HolidayCalendar? calendar = CalendarFor(circumstances);
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            if (calendar is null)
            {
                return "No calendar tells the person's holidays, so any day is judged as if it may be one.";
            }

            if (calendar.KindOf(LocalAt(at, zone).Date) is DayKind.Unknown)
            {
                return $"The calendar {calendar.Name} covers {calendar.FirstYear} to {calendar.LastYear} alone; any "
                    + "other day is judged as if it may be a holiday.";
            }
        }

        return null;
    }

    /// <summary>The first instant from a given one on that is inside the hours in a zone, or outside them.</summary>
    /// <remarks>Only of hours that do not know holidays.</remarks>
    internal Instant? NextIn(DateTimeZone zone, Instant from, bool inside) => Next(zone, from, null, inside);

    private HolidayCalendar? CalendarFor(in Circumstances circumstances) =>
        Schedule.KnowsHolidays ? Calendar ?? circumstances.Calendar : null;

    private static LocalDateTime LocalAt(Instant at, DateTimeZone zone) =>
        at.WithOffset(zone.GetUtcOffset(at)).LocalDateTime;

    /// <remarks>
    /// Between two changes of the clock local time runs as instants do, so each stretch is searched by itself.
    /// </remarks>
    private Instant? Next(DateTimeZone zone, Instant from, HolidayCalendar? calendar, bool inside)
    {
        Instant at = from;
        for (int change = 0; change < ClockChangesMax; change++)
        {
            ZoneInterval stretch = zone.GetZoneInterval(at);
            LocalDateTime local = at.WithOffset(stretch.WallOffset).LocalDateTime;
            LocalDateTime? next = inside
                ? Schedule.NextInside(local, calendar)
                : Schedule.NextOutside(local, calendar);
            if (next?.WithOffset(stretch.WallOffset).ToInstant() is { } found
                && (!stretch.HasEnd || found < stretch.End))
            {
                return found;
            }

            if (!stretch.HasEnd)
            {
                return null;
            }

            at = stretch.End;
        }

        return null;
    }
}
