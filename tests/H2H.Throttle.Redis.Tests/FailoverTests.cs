using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Redis.Tests;

/// <summary>A primary of a cluster is killed, and its replica takes over.</summary>
public sealed class FailoverTests
{
    private const int HangMs = 120_000;
    private const int People = 64;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task Every_record_can_be_loaded_and_saved_again_once_the_replica_has_taken_over()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(replicas: 1, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(cluster.Addresses);
        options.StoreTimeoutMs = 200;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        await Task.WhenAll(Enumerable.Range(0, People).Select(number => SaveOnAsync(store, number)));

        await cluster.Nodes[0].KillAsync();

        await Task.WhenAll(Enumerable.Range(0, People).Select(number => SaveOnAsync(store, number)));
        List<RecordKey> found = await Patience.UntilAvailableAsync(() => ScanAsync(store), Cancellation);
        Assert.Equal(People, found.Count);
    }

    private static async Task SaveOnAsync(RedisStore store, int number)
    {
        RecordKey key = new("person", $"p{number}");
        SaveResult result;
        do
        {
            result = await Patience.UntilAvailableAsync(async () =>
            {
                Record current = await store.Records.LoadAsync(key, Cancellation);
                Assert.True(!current.Exists || BitConverter.ToInt32(current.Value.Span) == number);
                return await store.Records.TrySaveAsync(
                    key, current.Version, BitConverter.GetBytes(number), null, Cancellation);
            }, Cancellation);
        }
        while (result is SaveResult.Conflict);   // an earlier save of its own, whose answer was lost, was late
    }

    private static async ValueTask<List<RecordKey>> ScanAsync(RedisStore store)
    {
        List<RecordKey> found = [];
        await foreach ((RecordKey key, _) in store.Records.ScanAsync("person", null, Cancellation))
        {
            found.Add(key);
        }

        return found;
    }
}
