using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>Elapsed time as the policy language writes it: <c>90m</c>, <c>24h</c>, <c>7d</c>.</summary>
internal static class SpanText
{
    public static string Write(Duration span)
    {
        long seconds = (long)span.TotalSeconds;
        return seconds switch
        {
            _ when seconds % 86400 == 0 => $"{seconds / 86400}d",
            _ when seconds % 3600 == 0 => $"{seconds / 3600}h",
            _ when seconds % 60 == 0 => $"{seconds / 60}m",
            _ => $"{seconds}s",
        };
    }
}
