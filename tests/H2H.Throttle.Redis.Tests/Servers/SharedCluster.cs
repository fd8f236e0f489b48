using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Redis.Tests.Servers;

/// <summary>The cluster of all tests of a class.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private RedisCluster? cluster;

    public string Addresses => cluster!.Addresses;

    public async ValueTask InitializeAsync() =>
        cluster = await RedisCluster.StartAsync(replicas: 0, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
