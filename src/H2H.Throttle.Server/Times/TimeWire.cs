using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using NodaTime;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Server.Times;

/// <summary>Instants and durations on the wire. They are kept to 100 nanoseconds; what is finer is cut off.</summary>
internal static class TimeWire
{
    private const int NanosPerTick = 100;
    private const int NanosMax = 999_999_999;
    private const long SecondsPerDurationMax = 315_576_000_000;   // 10,000 years, the format's own bound

    private static readonly long SecondsMin = Instant.FromUtc(1, 1, 1, 0, 0).ToUnixTimeSeconds();
    private static readonly long SecondsMax = Instant.FromUtc(9999, 12, 31, 23, 59, 59).ToUnixTimeSeconds();

    /// <summary>Null if the field is absent, and if it is no instant; then a violation says so.</summary>
    public static Instant? Read(Timestamp? timestamp, string field, Violations violations)
    {
        if (timestamp is null)
        {
            return null;
        }

        if (timestamp.Seconds < SecondsMin || timestamp.Seconds > SecondsMax || timestamp.Nanos is < 0 or > NanosMax)
        {
            violations.Add(
                field, ErrorReason.TimeOutOfRange, $"{field} is no Timestamp: it is before the year 1 or after 9999.");
            return null;
        }

        return Instant.FromUnixTimeTicks(
            (timestamp.Seconds * NodaConstants.TicksPerSecond) + (timestamp.Nanos / NanosPerTick));
    }

    /// <summary>Null if the field is absent, and if it is no duration; then a violation says so.</summary>
    public static Duration? Read(
        Google.Protobuf.WellKnownTypes.Duration? duration, string field, ErrorReason reason, Violations violations)
    {
        if (duration is null)
        {
            return null;
        }

        if (Math.Abs(duration.Seconds) > SecondsPerDurationMax || duration.Nanos is < -NanosMax or > NanosMax)
        {
            violations.Add(field, reason, $"{field} is no Duration: it is longer than 10,000 years.");
            return null;
        }

        return Duration.FromSeconds(duration.Seconds) + Duration.FromNanoseconds(duration.Nanos);
    }

    public static Timestamp? WriteOrNull(Instant? instant) => instant is { } given ? Write(given) : null;

    public static Timestamp Write(Instant instant)
    {
        long ticks = instant.ToUnixTimeTicks();
        long seconds = instant.ToUnixTimeSeconds();   // rounded down, before 1970 too
        long rest = ticks - (seconds * NodaConstants.TicksPerSecond);
        return new Timestamp { Seconds = seconds, Nanos = (int)rest * NanosPerTick };
    }
}
