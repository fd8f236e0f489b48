using Grpc.Core;

namespace H2H.Throttle.Server.Tests.Telemetry.Otlp;

/// <summary>Takes what comes by gRPC.</summary>
public sealed class MetricsInlet(OtlpReceiver receiver) : MetricsService.MetricsServiceBase
{
    public override Task<ExportMetricsServiceResponse> Export(
        ExportMetricsServiceRequest request, ServerCallContext context)
    {
        receiver.Take(request);
        return Task.FromResult(new ExportMetricsServiceResponse());
    }
}
