using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Redis.Tests.Replicas;

/// <summary>What a save is said to outlive, and what it takes to say it.</summary>
public sealed class LaneTests
{
    private const int HangMs = 60_000;
    private static readonly RecordKey Key = new("person", "p1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangMs)]
    [InlineData("no", "everysec", Durability.Memory)]
    [InlineData("yes", "no", Durability.DiskLater)]
    [InlineData("yes", "everysec", Durability.DiskLater)]
    [InlineData("yes", "always", Durability.Disk)]
    public async Task A_Redis_without_a_replica_gives_what_its_disk_gives(
        string appendonly, string appendfsync, Durability expected)
    {
        await using RedisServer server = await RedisServer.StartAsync(
            "--appendonly", appendonly, "--appendfsync", appendfsync);
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(server.Address));

        RecordVersion version = await SaveAsync(store);

        Assert.Equal(expected, await store.Records.SecureAsync(Key, version, Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task What_a_replica_has_outlives_the_primary()
    {
        await using RedisServer primary = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        await using RedisServer replica = await RedisServer.ReplicaOfAsync(primary, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(primary.Address);
        options.ReplicaTimeoutMs = HangMs;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);

        RecordVersion version = await SaveAsync(store);
        Durability? durability = await store.Records.SecureAsync(Key, version, Cancellation);
        await primary.KillAsync();

        Assert.Equal(Durability.Replicated, durability);
        options.Configuration = replica.Address;
        await using RedisStore rest = await RedisTrialStore.OpenAsync(options);
        Assert.Equal(version, (await rest.Records.LoadAsync(Key, Cancellation)).Version);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_replica_that_says_nothing_is_waited_for_so_long_and_nobody_else_waits()
    {
        await using RedisServer primary = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        await using RedisServer replica = await RedisServer.ReplicaOfAsync(primary, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(primary.Address);
        options.ReplicaTimeoutMs = 3000;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        RecordVersion version = await SaveAsync(store);

        replica.Freeze();
        Task<Durability?> secured = store.Records.SecureAsync(Key, version, Cancellation).AsTask();
        for (int load = 0; load < 100; load++)
        {
            await store.Records.LoadAsync(Key, Cancellation);
        }

        Assert.False(secured.IsCompleted);
        Assert.Equal(Durability.Memory, await secured);
        replica.Thaw();
        Assert.Equal(Durability.Replicated, await store.Records.SecureAsync(Key, version, Cancellation));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_connection_that_is_new_proves_nothing_of_what_an_old_one_wrote()
    {
        await using RedisServer primary = await RedisServer.StartAsync("--repl-diskless-sync-delay", "0");
        await using RedisServer replica = await RedisServer.ReplicaOfAsync(primary, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(primary.Address);
        options.ReplicaTimeoutMs = 500;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        replica.Freeze();
        RecordVersion version = await SaveAsync(store);

        // On a connection that wrote nothing, WAIT counts at once the replica that has none of it.
        Assert.Equal("1", await primary.CommandAsync(Cancellation, "WAIT", "1", "500"));
        await primary.CommandAsync(Cancellation, "CLIENT", "KILL", "TYPE", "normal");
        Durability? durability = await Patience.UntilAvailableAsync(
            () => store.Records.SecureAsync(Key, version, Cancellation), Cancellation);

        Assert.Equal(Durability.Memory, durability);
        replica.Thaw();
    }

    [Fact(Timeout = HangMs)]
    public async Task Many_who_wait_wait_together_and_each_hears_of_its_own_record()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(replicas: 1, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(cluster.Addresses);
        options.ReplicaTimeoutMs = HangMs;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);

        (Durability?, Durability?)[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            RecordKey key = new("person", $"p{number}");
            RecordVersion version = await SaveAsync(store, key);
            RecordVersion other = new(version.Number + 1);
            return (
                await store.Records.SecureAsync(key, version, Cancellation),
                await store.Records.SecureAsync(key, other, Cancellation));
        }));

        Assert.All(answers, static answer => Assert.Equal((Durability.Replicated, null), answer));
    }

    private static Task<RecordVersion> SaveAsync(RedisStore store) => SaveAsync(store, Key);

    private static async Task<RecordVersion> SaveAsync(RedisStore store, RecordKey key)
    {
        SaveResult result = await store.Records.TrySaveAsync(
            key, RecordVersion.Absent, new byte[] { 1 }, null, Cancellation);
        return Assert.IsType<SaveResult.Saved>(result).Version;
    }
}
