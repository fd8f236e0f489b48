namespace H2H.Throttle.Server.Telemetry;

/// <summary>Which signals are sent by OTLP.</summary>
/// <remarks>
/// Source: opentelemetry.io, "Environment Variable Specification" and "OpenTelemetry Protocol Exporter".
/// </remarks>
internal sealed record Destinations(bool Traces, bool Metrics, bool Logs)
{
    public bool Any => Traces || Metrics || Logs;

    /// <param name="options">What was set for this server.</param>
    /// <param name="environment">What was set for OpenTelemetry; null or empty: nothing.</param>
    public static Destinations Of(TelemetryOptions options, Func<string, string?> environment)
    {
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return new Destinations(false, false, false);
        }

        return new Destinations(IsSent("TRACES"), IsSent("METRICS"), IsSent("LOGS"));

        bool IsSent(string signal) => environment($"OTEL_{signal}_EXPORTER") != "none"
            && (options.Endpoint.Length > 0
                || !string.IsNullOrEmpty(environment("OTEL_EXPORTER_OTLP_ENDPOINT"))
                || !string.IsNullOrEmpty(environment($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT")));
    }
}
