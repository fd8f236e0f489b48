using Grpc.Core;

namespace H2H.Throttle.Server.Tests.Telemetry.Otlp;

/// <summary>Takes what comes by gRPC.</summary>
public sealed class TraceInlet(OtlpReceiver receiver) : TraceService.TraceServiceBase
{
    public override Task<ExportTraceServiceResponse> Export(
        ExportTraceServiceRequest request, ServerCallContext context)
    {
        receiver.Take(request);
        return Task.FromResult(new ExportTraceServiceResponse());
    }
}
