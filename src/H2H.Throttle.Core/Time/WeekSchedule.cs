using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>Hours of the day for each day of the week, in local time.</summary>
/// <remarks>
/// Intervals are half-open, may cross midnight, and belong to the day they start on. Local time that occurs twice
/// (clocks set back) is inside both times; local time that is skipped is never inside.
/// </remarks>
public sealed class WeekSchedule
{
    private readonly ImmutableArray<ImmutableArray<DayInterval>> days;

    private WeekSchedule(ImmutableArray<ImmutableArray<DayInterval>> days) => this.days = days;

    /// <summary>Whether nothing is ever inside.</summary>
    public bool IsEmpty => days.All(static day => day.IsEmpty);

    /// <param name="ofDay">Tells the intervals that start on a day, in any order; they may overlap.</param>
    public static WeekSchedule Of(Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay) =>
        new([.. Enumerable.Range(1, 7).Select(day => ofDay((IsoDayOfWeek)day))]);

    public bool Contains(LocalDateTime local)
    {
        int minute = (local.Hour * 60) + local.Minute;
        return AnyContains(days[(int)local.DayOfWeek - 1], minute)
            || AnyContains(days[((int)local.DayOfWeek + 5) % 7], minute + DayInterval.DayMinutes);
    }

    /// <summary>
    /// The first local time at or after <paramref name="from"/> that is inside, or null if none is in ten days.
    /// </summary>
    public LocalDateTime? NextInside(LocalDateTime from)
    {
        LocalDateTime? next = null;
        for (int day = -1; day <= 9; day++)
        {
            LocalDate date = from.Date.PlusDays(day);
            foreach (DayInterval interval in On(date))
            {
                LocalDateTime start = LocalDateTime.Max(interval.StartOn(date), from);
                if (interval.EndOn(date) > from && (next is null || start < next))
                {
                    next = start;
                }
            }

            if (next is { } found && found.Date <= date)
            {
                return found;
            }
        }

        return next;
    }

    /// <summary>
    /// The first local time at or after <paramref name="from"/> that is not inside, or null if none is in ten days.
    /// </summary>
    public LocalDateTime? NextOutside(LocalDateTime from)
    {
        LocalDateTime next = from;
        LocalDate last = from.Date.PlusDays(9);
        while (InsideUntil(next) is { } end)
        {
            if (end.Date > last)
            {
                return null;
            }

            next = end;
        }

        return next;
    }

    private static bool AnyContains(ImmutableArray<DayInterval> day, int minute)
    {
        foreach (DayInterval interval in day)
        {
            if (interval.StartMinute <= minute && minute < interval.EndMinute)
            {
                return true;
            }
        }

        return false;
    }

    private LocalDateTime? InsideUntil(LocalDateTime local)
    {
        for (int day = -1; day <= 0; day++)
        {
            LocalDate date = local.Date.PlusDays(day);
            foreach (DayInterval interval in On(date))
            {
                if (interval.StartOn(date) <= local && local < interval.EndOn(date))
                {
                    return interval.EndOn(date);
                }
            }
        }

        return null;
    }

    private ImmutableArray<DayInterval> On(LocalDate date) => days[(int)date.DayOfWeek - 1];
}
