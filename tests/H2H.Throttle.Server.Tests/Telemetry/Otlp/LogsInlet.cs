using Grpc.Core;

namespace H2H.Throttle.Server.Tests.Telemetry.Otlp;

/// <summary>Takes what comes by gRPC.</summary>
public sealed class LogsInlet(OtlpReceiver receiver) : LogsService.LogsServiceBase
{
    public override Task<ExportLogsServiceResponse> Export(
        ExportLogsServiceRequest request, ServerCallContext context)
    {
        receiver.Take(request);
        return Task.FromResult(new ExportLogsServiceResponse());
    }
}
