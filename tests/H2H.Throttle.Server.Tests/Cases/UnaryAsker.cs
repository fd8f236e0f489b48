using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>One call for each contact.</summary>
internal sealed class UnaryAsker(TestServer server) : IAsker
{
    public async Task<Decision> CheckAsync(CheckRequest request, CancellationToken cancellation) =>
        (await server.Throttle.CheckAsync(request, cancellationToken: cancellation)).Decision;

    public async Task<Decision> ReserveAsync(ReserveRequest request, CancellationToken cancellation) =>
        (await server.Throttle.ReserveAsync(request, cancellationToken: cancellation)).Decision;
}
