using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing.Servers;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Tests.Connections;

/// <summary>Connections killed, cut, frozen and slowed: each call ends, and no answer reaches another caller.</summary>
public sealed class LostConnectionTests
{
    private const int HangMs = 120_000;
    private const int Callers = 64;
    private const int Kills = 60;
    private const int ShortTimeoutMs = 100;
    private const int PieceBytesMax = 1460;

    private static readonly RecordKey Key = new("person", "p1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task Connections_killed_again_and_again_under_many_callers_lose_and_mix_up_nothing()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(server.Address));
        await using ConnectionMultiplexer killer = await KillerAsync(server);
        using CancellationTokenSource killed = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Counting[] counters = [.. Enumerable.Range(0, Callers).Select(number => new Counting(store.Records, number))];
        Task[] counting = [.. counters.Select(counter => Task.Run(() => CountUntilAsync(counter, killed.Token)))];
        long kills = 0;
        while (kills < Kills)
        {
            kills += (long)await killer.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        await killed.CancelAsync();
        await Task.WhenAll(counting);

        foreach (Counting counter in counters)
        {
            await Patience.UntilAvailableAsync(async () =>
            {
                await counter.RequireAsync(Cancellation);
                return true;
            }, Cancellation);
        }

        Assert.True(counters.Sum(static counter => counter.Acknowledged) > 0);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_line_that_breaks_in_the_middle_of_messages_loses_and_mixes_up_nothing()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using BadLine line = new(server.Port, PieceBytesMax);
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(line.Address));
        Counting[] counters = [.. Enumerable.Range(0, Callers).Select(number => new Counting(store.Records, number))];

        for (int round = 1; round <= 20; round++)
        {
            Task[] counting =
                [.. counters.Select(counter => Task.Run(() => counter.CountToAsync(round * 10, Cancellation)))];
            await Task.WhenAny(counting);
            line.Cut();
            await Task.WhenAll(counting);
        }

        Assert.True(counters.Sum(static counter => counter.Failed) > 0, "No call was under way at any cut.");
        await RequireNothingLeftBehindAsync(server);
        foreach (Counting counter in counters)
        {
            await counter.RequireAsync(Cancellation);
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task A_line_that_falls_silent_fails_calls_within_their_bound_and_is_left_for_another()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using BadLine line = new(server.Port, PieceBytesMax);
        await using RedisStore store = await OpenImpatientAsync(line.Address);
        RecordVersion version = await CreateAsync(store);

        line.Freeze();

        StoreException failed = await Assert.ThrowsAsync<StoreException>(
            async () => await store.Records.LoadAsync(Key, Cancellation));
        Assert.Equal(StoreFailure.Unavailable, failed.Failure);
        Record record = await Patience.UntilAvailableAsync(
            () => store.Records.LoadAsync(Key, Cancellation), Cancellation);
        Assert.Equal(version, record.Version);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_server_that_pauses_fails_calls_within_their_bound_and_then_answers_again()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisStore store = await OpenImpatientAsync(server.Address);
        await CreateAsync(store);
        await using ConnectionMultiplexer admin = await KillerAsync(server);
        await admin.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", "2000", "ALL");

        StoreException failed = await Assert.ThrowsAsync<StoreException>(
            async () => await store.Records.TrySaveAsync(
                new RecordKey("person", "p2"), RecordVersion.Absent, new byte[1], null, Cancellation));

        Assert.Equal(StoreFailure.Unavailable, failed.Failure);
        Assert.True((await Patience.UntilAvailableAsync(
            () => store.Records.LoadAsync(Key, Cancellation), Cancellation)).Exists);
    }

    [Fact(Timeout = HangMs)]
    public async Task Scripts_forgotten_by_the_server_under_load_are_sent_again_unnoticed()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(server.Address));
        await using ConnectionMultiplexer admin = await KillerAsync(server);
        Counting[] counters = [.. Enumerable.Range(0, Callers).Select(number => new Counting(store.Records, number))];
        Task counting = Task.WhenAll(counters.Select(
            counter => Task.Run(() => counter.CountToAsync(100, Cancellation))));

        while (!counting.IsCompleted)
        {
            await admin.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
        }

        await counting;
        Assert.All(counters, static counter => Assert.Equal(0, counter.Failed));
    }

    [Fact(Timeout = HangMs)]
    public async Task The_largest_values_pass_a_line_of_small_pieces_byte_for_byte()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using BadLine line = new(server.Port, PieceBytesMax);
        await using RedisStore store = await RedisTrialStore.OpenAsync(RedisTrialStore.OptionsFor(line.Address));
        byte[] largest = new byte[IRecordStore.ValueBytesMax];
        new Random(1).NextBytes(largest);

        await store.Records.TrySaveAsync(Key, RecordVersion.Absent, largest, null, Cancellation);

        Record record = await store.Records.LoadAsync(Key, Cancellation);
        Assert.True(record.Value.Span.SequenceEqual(largest));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_store_opens_while_Redis_is_down_says_so_and_works_once_it_is_up()
    {
        await using RedisServer server = RedisServer.Reserve();
        await using RedisStore store = await OpenImpatientAsync(server.Address);
        Assert.False(store.IsConnected);
        StoreException failed = await Assert.ThrowsAsync<StoreException>(
            async () => await store.Records.LoadAsync(Key, Cancellation));
        Assert.Equal(StoreFailure.Unavailable, failed.Failure);

        await server.RestartAsync();

        await Patience.UntilAvailableAsync(() => store.Records.LoadAsync(Key, Cancellation), Cancellation);
        Assert.True(store.IsConnected);
        await CreateAsync(store);
        await store.Checked;
        Assert.NotEmpty(store.Findings);
    }

    /// <summary>
    /// One connection to ask and one to listen stand, and as many to wait for replicas, however many were lost.
    /// </summary>
    private static async Task RequireNothingLeftBehindAsync(RedisServer server)
    {
        await using ConnectionMultiplexer admin = await KillerAsync(server);
        const int StandingMax = 4;
        int standing = int.MaxValue;
        for (int looks = 0; looks < 100 && standing > StandingMax; looks++)
        {
            // A server learns of a broken line when it next reads from it.
            await Task.Delay(looks == 0 ? 0 : 50, Cancellation);
            ClientInfo[] clients = await admin.GetServers()[0].ClientListAsync();
            standing = clients.Count(static client => client.Name == "h2h-throttle");
        }

        Assert.InRange(standing, 1, StandingMax);
    }

    private static async Task CountUntilAsync(Counting counter, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await counter.CountToAsync(counter.Acknowledged + 1, Cancellation);
        }
    }

    private static Task<RedisStore> OpenImpatientAsync(string address)
    {
        RedisOptions options = RedisTrialStore.OptionsFor(address);
        options.StoreTimeoutMs = ShortTimeoutMs;
        options.ConnectTimeoutMs = 1000;
        return RedisTrialStore.OpenAsync(options);
    }

    private static async Task<RecordVersion> CreateAsync(RedisStore store) =>
        Assert.IsType<SaveResult.Saved>(await Patience.UntilAvailableAsync(
            () => store.Records.TrySaveAsync(Key, RecordVersion.Absent, new byte[1], null, Cancellation),
            Cancellation)).Version;

    private static Task<ConnectionMultiplexer> KillerAsync(RedisServer server) =>
        ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
}
