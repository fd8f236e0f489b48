using System.Collections.Concurrent;
using System.Net;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Replicas;

/// <summary>Waits for replicas of any primary, on connections of its own.</summary>
/// <param name="link">Of its own: nobody else's calls may stand behind a wait.</param>
/// <param name="keys">Names what is written.</param>
/// <param name="waitMs">How long at most.</param>
internal sealed class Lanes(Link link, KeySpace keys, int waitMs)
{
    private readonly ConcurrentDictionary<EndPoint, Lazy<Lane>> lanes = [];

    /// <summary>What a primary without a replica gives, as it was found when it was reached.</summary>
    public Durability Alone { get; set; }

    /// <summary>Null: the record is at another version.</summary>
    public async ValueTask<Durability?> SecureAsync(
        RedisKey key, RecordVersion version, CancellationToken cancellation)
    {
        EndPoint primary = await link.PrimaryOfAsync(key, cancellation);
        Lane lane = lanes.GetOrAdd(
            primary, static (primary, all) => new Lazy<Lane>(() => all.Open(primary)), this).Value;
        PendingSecure pending = new(key, version);
        lane.Enqueue(pending);
        return await link.BoundAsync(pending.Done, cancellation);
    }

    public async Task CloseAsync()
    {
        await Task.WhenAll(lanes.Values.Select(static lane => lane.Value.CloseAsync()));
        await link.CloseAsync();
    }

    private Lane Open(EndPoint primary) => new(link, keys, primary, waitMs, () => Alone);
}
