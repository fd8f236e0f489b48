using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Hours of the week as seven lists of intervals, from Monday on, looked through one by one.</summary>
internal sealed record NaiveHours(ImmutableArray<ImmutableArray<DayInterval>> Days)
{
    private const long MinuteTicks = 60 * NodaConstants.TicksPerSecond;

    public WeekSchedule ToSchedule() => WeekSchedule.Of(day => Days[(int)day - 1]);

    public bool IsInside(Instant at, DateTimeZone zone)
    {
        LocalDateTime local = at.InZone(zone).LocalDateTime;
        return IsInside(local.DayOfWeek, local.TickOfDay)
            || IsInside(local.Date.PlusDays(-1).DayOfWeek, local.TickOfDay + NodaConstants.TicksPerDay);
    }

    private bool IsInside(IsoDayOfWeek day, long tick) => Days[(int)day - 1].Any(interval =>
        interval.StartMinute * MinuteTicks <= tick && tick < interval.EndMinute * MinuteTicks);
}
