using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Time;

/// <summary>When a local time begins.</summary>
/// <remarks>Where clocks show it twice, the first time; where they skip it, the moment at which they go on.</remarks>
public static class LocalStart
{
    private static readonly ZoneLocalMappingResolver WhenReached = Resolvers.CreateMappingResolver(
        Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <remarks>Where no clock change is near there is but one answer, and no need for a mapping object.</remarks>
    public static Instant Of(LocalDateTime local, DateTimeZone zone)
    {
        ZoneInterval interval = zone.GetZoneInterval(local.InUtc().ToInstant());
        Instant instant = local.WithOffset(interval.WallOffset).ToInstant();
        bool isFarFromChanges = (!interval.HasStart || instant - interval.Start > Timeline.ShiftMax)
            && (!interval.HasEnd || interval.End - instant > Timeline.ShiftMax);
        return isFarFromChanges ? instant : zone.ResolveLocal(local, WhenReached).ToInstant();
    }

    /// <summary>Never throws, even for a day that a zone skipped whole.</summary>
    public static Instant Of(LocalDate day, DateTimeZone zone) => Of(day.AtMidnight(), zone);
}
