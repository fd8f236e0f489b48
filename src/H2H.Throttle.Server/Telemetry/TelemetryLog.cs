namespace H2H.Throttle.Server.Telemetry;

internal static partial class TelemetryLog
{
    [LoggerMessage(
        4501,
        LogLevel.Warning,
        "Telemetry: {Complaint} Decisions are not touched by it. This is said once a minute at most.")]
    public static partial void NotSent(this ILogger<TelemetryPipeline> log, string complaint);
}
