using NodaTime;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>Time as the file keeps it: 100 ns ticks since 1970.</summary>
internal static class RecordTime
{
    public static long Now(TimeProvider clock) => clock.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>The hour since 1970 that holds the tick.</summary>
    public static long HourOf(long tick) => tick / NodaConstants.TicksPerHour;

    public static long? HourOf(long? tick) => tick is { } some ? HourOf(some) : null;
}
