using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Servers;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace H2H.Throttle.Redis.Tests.Servers;

/// <summary>The Redis of all tests that do it no harm: that of <c>REDIS_URL</c>, or one started here.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? server;

    /// <summary>As <c>host:port</c>.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("REDIS_URL") is { Length: > 0 } given)
        {
            Address = given.Replace("redis://", "", StringComparison.Ordinal).TrimEnd('/');
            return;
        }

        server = await RedisServer.StartAsync();
        Address = server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
