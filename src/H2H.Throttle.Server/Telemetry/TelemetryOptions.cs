using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>What is told of how the service does, and to whom. By default nothing, to nobody.</summary>
/// <remarks>
/// Set as <see cref="ServerOptions"/> are. The <c>OTEL_*</c> variables of OpenTelemetry hold as well: those of OTLP
/// exporters, of the resource, of the sampler and of batches; what is set here comes before them.
/// </remarks>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// Where traces, metrics and logs are sent by OTLP, as in <c>http://collector:4317</c>; empty: where
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, and else nowhere.
    /// </summary>
    [RegularExpression(
        "^https?://[^/ ]+(/[^ ]*)?$", ErrorMessage = "Telemetry:Endpoint must be like http://collector:4317.")]
    public string Endpoint { get; set; } = "";

    /// <summary>How it is sent there: <c>grpc</c>, or <c>http</c> with protobuf.</summary>
    [AllowedValues("grpc", "http", ErrorMessage = "Telemetry:Protocol must be grpc or http.")]
    public string Protocol { get; set; } = "grpc";

    /// <summary>
    /// Which share of the calls is traced, 0 to 1. A caller's own decision, in <c>traceparent</c>, and
    /// <c>OTEL_TRACES_SAMPLER</c> come before it.
    /// </summary>
    [Range(0.0, 1.0)]
    public double TracesRatio { get; set; } = 0.01;

    /// <summary>
    /// Serves all metrics at <c>GET /metrics</c> of the JSON port, for Prometheus to fetch. Whoever reaches that port
    /// may read them; they name rules, channels, purposes and lists, and nobody.
    /// </summary>
    public bool Prometheus { get; set; }
}
