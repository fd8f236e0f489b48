using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Servers;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Tests;

/// <summary>Opening the store: who may, over what, and what is refused.</summary>
public sealed class RedisStoreTests(SharedRedis redis)
{
    private const int HangMs = 60_000;

    private static readonly RecordKey Key = new("person", "p1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task Stores_of_other_prefixes_do_not_meet()
    {
        await using RedisStore one = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(redis.Address));
        await using RedisStore other = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(redis.Address));

        await RequireWorksAsync(one);

        Assert.False((await other.Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_store_speaks_TLS_as_an_ACL_user_that_may_do_what_it_needs_and_no_more()
    {
        await using SecureRedis secure = await SecureRedis.StartAsync();
        RedisOptions options = new()
        {
            Configuration = secure.TlsAddress,
            Tls = true,
            TlsAuthorityFile = secure.AuthorityFile,
            User = SecureRedis.User,
            Password = SecureRedis.Password,
            KeyPrefix = SecureRedis.KeyPrefix,
            StoreTimeoutMs = 20_000,
        };
        await using (RedisStore store = await RedisTrialStore.OpenAsync(options))
        {
            await RequireWorksAsync(store);
        }

        options.KeyPrefix = "others:";
        await using RedisStore trespasser = await RedisTrialStore.OpenAsync(options);
        StoreException refused = await Assert.ThrowsAsync<StoreException>(
            async () => await trespasser.Records.LoadAsync(Key, Cancellation));
        Assert.Contains("Redis:User", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_certificate_that_nobody_vouches_for_is_not_spoken_to()
    {
        using Certificates others = new();
        await using SecureRedis secure = await SecureRedis.StartAsync();

        await using RedisStore store = await RedisTrialStore.OpenAsync(new RedisOptions
        {
            Configuration = secure.TlsAddress, Tls = true, TlsAuthorityFile = others.AuthorityFile,
        });

        Assert.False(store.IsConnected);
        StoreException failed = await Assert.ThrowsAsync<StoreException>(
            async () => await store.Records.LoadAsync(Key, Cancellation));
        Assert.Equal(StoreFailure.Unavailable, failed.Failure);
    }

    [Theory]
    [InlineData("", "Configuration")]
    [InlineData("localhost:6379,colour=blue", "Redis:Configuration")]
    [InlineData(",", "Redis:Configuration")]
    public async Task A_configuration_that_cannot_be_read_is_refused(string configuration, string named)
    {
        ValidationException refused = await Assert.ThrowsAsync<ValidationException>(
            () => RedisTrialStore.OpenAsync(new RedisOptions { Configuration = configuration }));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_out_of_range_is_refused()
    {
        await Assert.ThrowsAsync<ValidationException>(
            () => RedisTrialStore.OpenAsync(new RedisOptions { StoreTimeoutMs = 0 }));
        await Assert.ThrowsAsync<ValidationException>(
            () => RedisTrialStore.OpenAsync(new RedisOptions { KeyPrefix = "{all-in-one-slot}" }));
    }

    [Fact(Timeout = HangMs)]
    public async Task What_others_wrote_is_called_foreign_and_left_alone()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        await using ConnectionMultiplexer other = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        IDatabase database = other.GetDatabase();
        await database.StringSetAsync($"{options.KeyPrefix}r:person:short", "abc");
        await database.ListLeftPushAsync($"{options.KeyPrefix}r:person:list", "abc");

        foreach (string id in (string[])["short", "list"])
        {
            StoreException failed = await Assert.ThrowsAsync<StoreException>(
                async () => await store.Records.LoadAsync(new RecordKey("person", id), Cancellation));
            Assert.Equal(StoreFailure.Foreign, failed.Failure);
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task Among_many_records_one_that_was_not_written_by_this_product_fails_alone()
    {
        RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        await using ConnectionMultiplexer other = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        IDatabase database = other.GetDatabase();
        await database.StringSetAsync($"{options.KeyPrefix}r:person:short", "abc");
        await database.ListLeftPushAsync($"{options.KeyPrefix}r:person:list", "abc");
        RecordKey[] keys = [.. new[] { "short", "list", "good" }.Select(static id => new RecordKey("person", id))];
        byte[] value = [1];

        StoreAnswer<SaveResult>[] saved = await store.Records.TrySaveManyAsync(
            [.. keys.Select(key => new RecordSave(key, RecordVersion.Absent, value, null))], Cancellation);
        StoreAnswer<Record>[] loaded = await store.Records.LoadManyAsync(keys, Cancellation);

        Assert.Equal(
            [StoreFailure.Foreign, StoreFailure.Foreign, null], saved.Select(static one => one.Failure?.Failure));
        Assert.IsType<SaveResult.Saved>(saved[2].Value);
        Assert.Equal(StoreFailure.Foreign, loaded[0].Failure?.Failure);
        Assert.Equal(value, loaded[2].Value!.Value.ToArray());
    }

    [Fact(Timeout = HangMs)]
    public async Task What_many_ask_at_once_costs_Redis_few_commands()
    {
        const int Callers = 200;
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(server.Address));
        RecordKey[] keys = [.. Enumerable.Range(0, Callers).Select(static i => new RecordKey("person", $"p{i}"))];
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await admin.GetServers()[0].ConfigResetStatisticsAsync();

        SaveResult[] saved = await Task.WhenAll(keys.Select(key => store.Records
            .TrySaveAsync(key, RecordVersion.Absent, new byte[] { 1 }, null, Cancellation).AsTask()));
        Record[] loaded = await Task.WhenAll(keys.Select(key => store.Records.LoadAsync(key, Cancellation).AsTask()));

        Assert.Equal(
            saved.Select(static one => Assert.IsType<SaveResult.Saved>(one).Version),
            loaded.Select(static one => one.Version));
        string told = await admin.GetServers()[0].InfoRawAsync("commandstats") ?? "";
        Assert.InRange(CallsOf("evalsha", told) + CallsOf("eval", told), 2, Callers / 4);
        Assert.InRange(CallsOf("mget", told) + CallsOf("get", told), 2, Callers / 4);
    }

    private static int CallsOf(string command, string told) =>
        Regex.Match(told, $@"cmdstat_{command}:calls=(\d+)") is { Success: true } calls
            ? int.Parse(calls.Groups[1].Value)
            : 0;

    [Fact(Timeout = HangMs)]
    public async Task A_full_Redis_refuses_saves_as_full_and_loads_all_the_same()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(server.Address));
        await RequireWorksAsync(store);
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await admin.GetServers()[0].ConfigSetAsync("maxmemory", "1");

        StoreException failed = await Assert.ThrowsAsync<StoreException>(async () => await store.Records.TrySaveAsync(
            new RecordKey("person", "p2"), RecordVersion.Absent, new byte[1], null, Cancellation));

        StoreAnswer<SaveResult>[] many = await store.Records.TrySaveManyAsync(
            [
                new RecordSave(new RecordKey("person", "p3"), RecordVersion.Absent, new byte[1], null),
                new RecordSave(new RecordKey("person", "p4"), RecordVersion.Absent, new byte[1], null),
            ],
            Cancellation);

        Assert.Equal(StoreFailure.Full, failed.Failure);
        Assert.All(many, static one => Assert.Equal(StoreFailure.Full, one.Failure?.Failure));
        Assert.True((await store.Records.LoadAsync(Key, Cancellation)).Exists);
    }

    private static async Task RequireWorksAsync(RedisStore store)
    {
        Assert.True(store.IsConnected);
        SaveResult.Saved saved = Assert.IsType<SaveResult.Saved>(
            await store.Records.TrySaveAsync(Key, RecordVersion.Absent, new byte[] { 1 }, null, Cancellation));
        Assert.Equal(saved.Version, (await store.Records.LoadAsync(Key, Cancellation)).Version);
        await foreach ((RecordKey key, _) in store.Records.ScanAsync("person", null, Cancellation))
        {
            Assert.Equal(Key, key);
        }

        Assert.Equal(1, await store.Catalog.CountAsync(Cancellation));
        Engine.Journals.JournalFact fact = new(
            "f1", NodaTime.Instant.FromUnixTimeTicks(1), "tried", "p1", ReadOnlyMemory<byte>.Empty);
        Assert.Equal(1, await store.Journal.AppendAsync([fact], Cancellation));
        Assert.Single(await store.Journal.ReadAsync(0, 10, Cancellation));
    }
}
