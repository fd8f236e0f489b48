using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Hours of the week as seven lists of intervals, from Monday on, looked through one by one.</summary>
internal sealed record NaiveHours(ImmutableArray<ImmutableArray<DayInterval>> Days)
{
    private const long MinuteTicks = 60 * NodaConstants.TicksPerSecond;

    /// <summary>Null: holidays are like other days.</summary>
    public ImmutableArray<DayInterval>? Holidays { get; init; }

    /// <summary>Null: eves are like other days.</summary>
    public ImmutableArray<DayInterval>? Eves { get; init; }

    /// <summary>Null: nobody knows the holidays.</summary>
    public HolidayCalendar? Calendar { get; init; }

    public bool IsQuiet { get; init; }

    public WeekSchedule ToSchedule() =>
        WeekSchedule.Of(day => Days[(int)day - 1], new SpecialDays(Holidays, Eves), IsQuiet);

    public bool IsInside(Instant at, DateTimeZone zone)
    {
        LocalDateTime local = at.InZone(zone).LocalDateTime;
        return IsInside(local.Date, local.TickOfDay)
            || IsInside(local.Date.PlusDays(-1), local.TickOfDay + NodaConstants.TicksPerDay);
    }

    private bool IsInside(LocalDate day, long tick)
    {
        IEnumerable<bool> answers = HoursOf(day).Select(hours => hours.Any(interval =>
            interval.StartMinute * MinuteTicks <= tick && tick < interval.EndMinute * MinuteTicks));
        return IsQuiet ? answers.Any(static inside => inside) : answers.All(static inside => inside);
    }

    /// <summary>Every list of hours that the day may have; contact needs all of them to let it.</summary>
    private IEnumerable<ImmutableArray<DayInterval>> HoursOf(LocalDate day)
    {
        bool isKnown = Calendar is not null && day.Year >= Calendar.FirstYear && day.Year <= Calendar.LastYear;
        bool mayBeHoliday = !isKnown || Calendar!.Dates.Contains(day);
        bool mayBePlain = !isKnown || !mayBeHoliday;
        bool mayBeEve = !isKnown || (mayBePlain && Calendar!.Dates.Contains(day.PlusDays(1)));
        ImmutableArray<DayInterval> weekday = Days[(int)day.DayOfWeek - 1];
        if (mayBePlain)
        {
            yield return weekday;
        }

        if (mayBeEve && Eves is { } eves)
        {
            yield return eves;
        }

        if (mayBeHoliday)
        {
            yield return Holidays ?? weekday;
        }
    }
}
