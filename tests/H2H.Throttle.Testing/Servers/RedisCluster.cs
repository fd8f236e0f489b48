using System.Diagnostics;
using System.Globalization;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A real cluster of a test's own: three primaries, and as many replicas for each as are asked for.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Primaries = 3;
    private const int NodeTimeoutMs = 1000;

    private readonly List<RedisServer> nodes = [];

    private RedisCluster()
    {
    }

    /// <summary>The primaries first.</summary>
    public IReadOnlyList<RedisServer> Nodes => nodes;

    /// <summary>Of all nodes.</summary>
    public string Addresses => string.Join(',', nodes.Select(static node => node.Address));

    /// <summary>Ready for calls; if that does not come about, no server is left.</summary>
    /// <param name="replicas">Of each primary.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RedisCluster> StartAsync(int replicas, CancellationToken cancellation)
    {
        RedisCluster cluster = new();
        try
        {
            await cluster.StartNodesAsync(Primaries * (1 + replicas));
            await cluster.JoinAsync(replicas);
            foreach (RedisServer replica in cluster.nodes.Skip(Primaries))
            {
                await replica.WaitForPrimaryAsync(cancellation);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RedisServer node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async Task StartNodesAsync(int count)
    {
        for (int number = 0; number < count; number++)
        {
            nodes.Add(await RedisServer.StartAsync(
                "--cluster-enabled", "yes",
                "--cluster-node-timeout", NodeTimeoutMs.ToString(CultureInfo.InvariantCulture),
                "--cluster-port", RedisServer.FreePort().ToString(CultureInfo.InvariantCulture),
                "--repl-diskless-sync-delay", "0"));
        }
    }

    /// <summary>Deals out the slots; ends when every node agrees.</summary>
    private async Task JoinAsync(int replicas)
    {
        using Process process = RedisProgram.Found.StartCommand(
        [
            "--cluster", "create", .. nodes.Select(static node => node.Address),
            "--cluster-replicas", replicas.ToString(CultureInfo.InvariantCulture), "--cluster-yes",
        ]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"No cluster was made:\n{said}{await errors}");
        }
    }
}
