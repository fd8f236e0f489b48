using Grpc.Core;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>Answers what it is asked.</summary>
internal sealed class EchoCalls : EchoService.EchoServiceBase
{
    public override Task<EchoMessage> Echo(EchoMessage request, ServerCallContext context) => Task.FromResult(request);
}
