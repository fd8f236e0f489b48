using System.Collections.Concurrent;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Tests.Servers;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Tests.Journals;

/// <summary>Where one part of the journal ends and the next begins, with many servers at it and after losses.</summary>
public sealed class PartBorderTests(SharedRedis redis) : IAsyncLifetime
{
    private const int HangMs = 120_000;
    private const int PartEntries = 4;

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);

    private readonly RedisOptions options = RedisTrialStore.OptionsFor(redis.Address);
    private readonly List<RedisStore> opened = [];
    private ConnectionMultiplexer? connections;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IDatabase Database => connections!.GetDatabase();

    private KeySpace Keys => new(options.KeyPrefix, options.JournalPartEntries);

    public async ValueTask InitializeAsync()
    {
        options.JournalPartEntries = PartEntries;
        connections = await ConnectionMultiplexer.ConnectAsync(redis.Address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RedisStore store in opened)
        {
            await store.DisposeAsync();
        }

        await (connections?.DisposeAsync() ?? default);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_full_part_is_ended_and_the_next_is_chained_to_it_in_another_slot()
    {
        RedisStore store = await OpenAsync();

        await AppendAsync(store, "a", "b", "c", "d");
        await AppendAsync(store, "e");

        Assert.Equal(["1-0", "2-0", "3-0", "4-0", "4-1"], await IdsAsync(0));
        Assert.Equal(["4-1", "5-0"], await IdsAsync(1));
        await RequireChainedAsync(store, 5);
        Assert.Equal(
            ($"{options.KeyPrefix}{{journal:1}}:entries", $"{options.KeyPrefix}{{journal:1}}:ids"),
            (Keys.JournalEntriesOf(1).ToString(), Keys.JournalIdsOf(1).ToString()));
    }

    [Fact(Timeout = HangMs)]
    public async Task An_append_across_the_border_is_whole_in_one_part()
    {
        RedisStore store = await OpenAsync();
        await AppendAsync(store, "a", "b", "c");

        long last = await AppendAsync(store, "d", "e", "f", "g", "h", "i");

        Assert.Equal(9, last);
        Assert.Equal(10, (await IdsAsync(0)).Length);
        Assert.Empty(await IdsAsync(1));
        Assert.Equal(10, await AppendAsync(store, "j"));
        await RequireChainedAsync(store, 10);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_journal_that_was_longer_than_a_part_before_there_were_parts_is_the_first_of_them()
    {
        options.JournalPartEntries = 1 << 20;
        RedisStore before = await OpenAsync();
        await AppendAsync(before, [.. Enumerable.Range(1, 11).Select(static i => $"f{i}")]);
        options.JournalPartEntries = PartEntries;

        RedisStore store = await OpenAsync();
        await RequireChainedAsync(store, 11);
        long next = await AppendAsync(store, "f12");
        long again = await AppendAsync(store, "f3");

        Assert.Equal((12, 3), (next, again));
        Assert.Equal("11-1", (await IdsAsync(0))[^1]);
        Assert.Equal(["11-1", "12-0"], await IdsAsync(1));
        await RequireChainedAsync(store, 12);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_server_from_before_there_were_parts_appends_nothing_behind_the_end_of_the_first()
    {
        RedisStore store = await OpenAsync();
        await AppendAsync(store, "a", "b", "c", "d");

        // What such a server compares: the last entry's position, and its first field's value, with its own head.
        StreamEntry last = (await Database.StreamRangeAsync(
            Keys.JournalEntriesOf(0), count: 1, messageOrder: Order.Descending))[0];

        Assert.NotEqual(32, ((byte[])last.Values[0].Value!).Length);
    }

    [Fact(Timeout = HangMs)]
    public async Task Servers_that_race_across_many_borders_make_one_chain_and_every_fact_is_where_it_was_said_to_be()
    {
        const int servers = 4, writers = 8, factsEach = 20;
        RedisStore[] stores = await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => OpenAsync()));
        ConcurrentDictionary<string, long> answered = new();

        await Task.WhenAll(Enumerable.Range(0, servers * writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < factsEach; i++)
            {
                string id = $"w{writer}-{i}";
                answered[id] = await AppendAsync(stores[writer % servers], id);
            }
        })));

        foreach (RedisStore store in stores)
        {
            IReadOnlyList<JournalEntry> entries = await RequireChainedAsync(store, servers * writers * factsEach);
            Assert.All(entries, entry => Assert.Equal(answered[entry.Fact.Id], entry.Position));
        }
    }

    [Fact(Timeout = HangMs)]
    public async Task The_same_facts_from_servers_that_race_across_borders_are_there_once()
    {
        const int servers = 4, facts = 40;
        RedisStore[] stores = await Task.WhenAll(Enumerable.Range(0, servers).Select(_ => OpenAsync()));

        long[][] positions = await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            long[] own = new long[facts];
            for (int i = 0; i < facts; i++)
            {
                own[i] = await AppendAsync(store, $"f{i}");
            }

            return own;
        })));

        Assert.All(positions, own => Assert.Equal(positions[0], own));
        await RequireChainedAsync(stores[0], facts);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_fact_of_long_ago_is_found_in_a_part_of_long_ago_and_a_fresh_one_is_not_looked_for_there()
    {
        RedisStore store = await OpenAsync();
        await AppendAtAsync(store, Now, "old", "b", "c", "d");
        await AppendAtAsync(store, Now + Duration.FromDays(10), "e", "f", "g", "h");
        await AppendAtAsync(store, Now + Duration.FromDays(20), "i", "j", "k", "l", "m");

        Assert.Equal(1, await AppendAtAsync(await OpenAsync(), Now, "old"));
        Assert.Equal(9, await AppendAtAsync(await OpenAsync(), Now + Duration.FromDays(20), "i"));
        await RequireChainedAsync(store, 13);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_part_whose_next_was_begun_takes_nothing_more_even_if_its_end_was_lost()
    {
        RedisStore store = await OpenAsync();
        await AppendAsync(store, "a", "b", "c", "d", "e", "f");
        await AppendAsync(store, "g");
        await LoseAllButAsync(0, 3);

        RedisStore other = await OpenAsync();
        long next = await AppendAsync(other, "h");

        Assert.Equal(8, next);
        Assert.Equal(
            [1, 2, 3, 7, 8],
            (await other.Journal.ReadAsync(0, 100, Cancellation)).Select(static entry => entry.Position));
        ChainCheck check = new(written: null);
        Array.ForEach([.. await other.Journal.ReadAsync(0, 100, Cancellation)], check.Add);
        check.End();
        Assert.Equal([new ChainFault(ChainFaultKind.Missing, 4, 6)], check.Faults);
    }

    [Fact(Timeout = HangMs)]
    public async Task When_the_beginning_of_a_part_and_the_end_of_the_one_before_are_lost_the_chain_goes_on_whole()
    {
        RedisStore store = await OpenAsync();
        await AppendAsync(store, "a", "b", "c", "d");
        await AppendAsync(store, "e");

        // What a Redis that is killed can lose is its latest changes, in order.
        await Database.KeyDeleteAsync([Keys.JournalEntriesOf(1), Keys.JournalIdsOf(1)]);
        await LoseAllButAsync(0, 3);
        await Database.HashDeleteAsync(Keys.JournalIdsOf(0), "d");

        Assert.Equal(5, await AppendAsync(store, "f", "g"));
        Assert.Equal(6, await AppendAsync(await OpenAsync(), "h"));
        await RequireChainedAsync(store, 6);
    }

    [Fact(Timeout = HangMs)]
    public async Task A_part_that_was_ended_and_never_followed_is_followed_after_a_restart()
    {
        RedisStore first = await OpenAsync();
        await AppendAsync(first, "a", "b", "c", "d");
        await first.DisposeAsync();

        RedisStore second = await OpenAsync();

        Assert.Equal(4, (await second.Journal.ReadAsync(0, 100, Cancellation)).Count);
        Assert.Empty(await second.Journal.ReadAsync(4, 100, Cancellation));
        Assert.Equal(5, await AppendAsync(second, "e"));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_slow_watcher_and_one_from_a_position_yet_to_come_see_every_entry_across_borders()
    {
        const int facts = 30, from = 17;
        RedisStore writing = await OpenAsync();
        RedisStore watching = await OpenAsync();
        Task<List<long>> slow = WatchAsync(watching, 0, facts, async () => await Task.Yield());
        Task<List<long>> later = WatchAsync(watching, from, facts - from, static () => Task.CompletedTask);

        for (int i = 1; i <= facts; i++)
        {
            await AppendAsync(writing, $"f{i}");
        }

        Assert.Equal(Enumerable.Range(1, facts).Select(static i => (long)i), await slow);
        Assert.Equal(Enumerable.Range(from + 1, facts - from).Select(static i => (long)i), await later);
    }

    /// <summary>Leaves the first, as a Redis that was killed, or a replica, before it had the others.</summary>
    private async Task LoseAllButAsync(int part, int left)
    {
        RedisKey key = Keys.JournalEntriesOf(part);
        StreamEntry[] kept = await Database.StreamRangeAsync(key, count: left);
        await Database.KeyDeleteAsync(key);
        foreach (StreamEntry entry in kept)
        {
            await Database.StreamAddAsync(key, entry.Values, entry.Id);
        }
    }

    private static async Task<List<long>> WatchAsync(RedisStore store, long after, int count, Func<Task> pause)
    {
        List<long> seen = [];
        await foreach (JournalEntry entry in store.Journal.WatchAsync(after, Cancellation))
        {
            seen.Add(entry.Position);
            await pause();
            if (seen.Count == count)
            {
                break;
            }
        }

        return seen;
    }

    private async Task<RedisStore> OpenAsync()
    {
        RedisStore store = await RedisTrialStore.OpenAsync(options);
        lock (opened)
        {
            opened.Add(store);
        }

        return store;
    }

    private static Task<long> AppendAsync(RedisStore store, params string[] ids) => AppendAtAsync(store, Now, ids);

    private static Task<long> AppendAtAsync(RedisStore store, Instant at, params string[] ids) =>
        store.Journal.AppendAsync(
            [.. ids.Select(id => new JournalFact(id, at, "counted", "p1", "{}"u8.ToArray()))], Cancellation).AsTask();

    private async Task<string[]> IdsAsync(int part) =>
        [.. (await Database.StreamRangeAsync(Keys.JournalEntriesOf(part))).Select(static entry => entry.Id.ToString())];

    private static async Task<IReadOnlyList<JournalEntry>> RequireChainedAsync(RedisStore store, int count)
    {
        IReadOnlyList<JournalEntry> entries = await store.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        Assert.Equal(Enumerable.Range(1, count).Select(static i => (long)i), entries.Select(static e => e.Position));
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        foreach (JournalEntry entry in entries)
        {
            hash = JournalChain.Next(hash, entry.Fact);
            Assert.True(hash.Span.SequenceEqual(entry.Hash.Span), $"The chain breaks at {entry.Position}.");
        }

        return entries;
    }
}
