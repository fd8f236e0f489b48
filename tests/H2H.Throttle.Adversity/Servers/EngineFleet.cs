using System.Collections.Immutable;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Adversity.Servers;

/// <summary>Several engines in this process, each with connections of its own, over one Redis.</summary>
internal sealed class EngineFleet : IAsyncDisposable
{
    private const int BeginTriesMax = 100;
    private static readonly TimeSpan BeginAgain = TimeSpan.FromMilliseconds(100);

    private readonly List<RedisStore> stores = [];

    private EngineFleet(ImmutableArray<IServer> servers) => Servers = servers;

    public ImmutableArray<IServer> Servers { get; private set; }

    /// <param name="engines">How many.</param>
    /// <param name="redis">Of each, one after the other: <c>host:port</c>, parted by commas.</param>
    /// <param name="storeTimeoutMs">How long a call to the store may take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<EngineFleet> OpenAsync(
        int engines, IReadOnlyList<string> redis, int storeTimeoutMs, CancellationToken cancellation)
    {
        EngineFleet fleet = new([]);
        string prefix = $"adversity-{Guid.NewGuid():N}:";
        for (int number = 0; number < engines; number++)
        {
            RedisOptions options = new()
            {
                Configuration = redis[number % redis.Count], KeyPrefix = prefix, StoreTimeoutMs = storeTimeoutMs,
            };
            RedisStore store = await RedisStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance);
            fleet.stores.Add(store);
            fleet.Servers = fleet.Servers.Add(await OpenAsync(store.Records, store.Journal, cancellation));
        }

        return fleet;
    }

    /// <summary>One engine that believes what its callers say of the time, once its store lets it begin.</summary>
    private static async Task<IServer> OpenAsync(
        IRecordStore records, IJournal journal, CancellationToken cancellation)
    {
        ThrottleEngine engine = ThrottleEngine.Create(
            records,
            journal,
            new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
            new ThrottleOptions { TrustRequestTime = true },
            ModelPolicy.Document,
            TimeProvider.System,
            NullLoggerFactory.Instance);
        for (int tries = 1; ; tries++)
        {
            try
            {
                await engine.RefreshAsync(cancellation);
                return new EngineServer(engine);
            }
            catch (StoreException failed)
                when (failed.Failure is StoreFailure.Unavailable && tries < BeginTriesMax)
            {
                await Task.Delay(BeginAgain, cancellation);   // a cluster just made may not serve every slot yet
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RedisStore store in stores)
        {
            await store.DisposeAsync();
        }
    }
}
