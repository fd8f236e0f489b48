using System.Collections.Immutable;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>Several server processes on one Redis.</summary>
internal sealed class ServiceFleet : IAsyncDisposable
{
    private ServiceFleet(ImmutableArray<ServiceProcess> processes)
    {
        Processes = processes;
        Servers = [.. processes.Select(static process => new WireServer(process.Address))];
    }

    public ImmutableArray<ServiceProcess> Processes { get; }

    /// <summary>In the same order.</summary>
    public ImmutableArray<IServer> Servers { get; }

    public static async Task<ServiceFleet> StartAsync(
        int count, TemporaryFolder keys, string redis, CancellationToken cancellation)
    {
        // The first makes the key and the policy that the others find.
        ServiceProcess first = await ServiceProcess.StartAsync(keys, redis, cancellation);
        ServiceProcess[] others = await Task.WhenAll(Enumerable.Range(1, count - 1).Select(
            _ => ServiceProcess.StartAsync(keys, redis, cancellation)));
        return new ServiceFleet([first, .. others]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IServer server in Servers)
        {
            ((WireServer)server).Dispose();
        }

        foreach (ServiceProcess process in Processes)
        {
            await process.DisposeAsync();
        }
    }
}
