using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Testing.Servers;
using NodaTime;

namespace H2H.Throttle.Redis.Tests;

/// <summary>Redis itself is killed, without warning, under load.</summary>
public sealed class KilledServerTests
{
    private const int HangMs = 120_000;
    private const int Rounds = 4;
    private const int Callers = 16;
    private const int CountsARound = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="partEntries">How many entries fill a part of the journal: many kills hit a border, or none.</param>
    [Theory(Timeout = HangMs)]
    [InlineData(1 << 20)]
    [InlineData(7)]
    public async Task With_appendfsync_always_nothing_acknowledged_is_lost(int partEntries)
    {
        await using RedisServer server =
            await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", "always");
        RedisOptions options = RedisTrialStore.OptionsFor(server.Address);
        options.StoreTimeoutMs = 500;
        options.JournalPartEntries = partEntries;
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        await using RedisStore other = await RedisTrialStore.OpenAsync(options);
        Counting[] counters = [.. Enumerable.Range(0, Callers).Select(number => new Counting(store.Records, number))];
        List<(string Id, long Position)>[] facts = [.. counters.Select(static _ => new List<(string, long)>())];

        for (int round = 1; round <= Rounds; round++)
        {
            using CancellationTokenSource killed = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task working = Task.WhenAll(
            [
                .. counters.Select(counter => Task.Run(() => CountAsync(counter, killed.Token))),
                .. facts.Select((list, writer) => Task.Run(
                    () => AppendAsync((writer % 2 == 0 ? store : other).Journal, list, $"w{writer}", killed.Token))),
            ]);
            await UntilAsync(() => Array.TrueForAll(counters, counter => counter.Acknowledged >= round * CountsARound));
            await server.KillAsync();
            await killed.CancelAsync();
            await server.RestartAsync();
            await working;
        }

        Assert.True(counters.Sum(static counter => counter.Failed) > 0, "No call was under way at any kill.");
        await RequireChainAsync(store.Journal, [.. facts.SelectMany(static list => list)]);
    }

    /// <summary>Counts on until Redis is gone, and once more when it is back.</summary>
    private static async Task CountAsync(Counting counter, CancellationToken killed)
    {
        while (!killed.IsCancellationRequested)
        {
            await counter.CountToAsync(counter.Acknowledged + 1, Cancellation);
        }
    }

    private static async Task AppendAsync(
        IJournal journal, List<(string Id, long Position)> acknowledged, string writer, CancellationToken killed)
    {
        while (!killed.IsCancellationRequested)
        {
            string id = $"{writer}-{acknowledged.Count}";
            JournalFact fact = new(id, Instant.FromUnixTimeTicks(1), "counted", writer, ReadOnlyMemory<byte>.Empty);
            long position = await Patience.UntilAvailableAsync(
                () => journal.AppendAsync([fact], Cancellation), Cancellation);
            acknowledged.Add((id, position));
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task RequireChainAsync(IJournal journal, (string Id, long Position)[] acknowledged)
    {
        Dictionary<string, long> positions = [];
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await journal.ReadAsync(positions.Count, IJournal.ReadMax, Cancellation);
            foreach (JournalEntry entry in page)
            {
                hash = JournalChain.Next(hash, entry.Fact);
                Assert.True(hash.Span.SequenceEqual(entry.Hash.Span), $"The chain breaks at {entry.Position}.");
                positions.Add(entry.Fact.Id, entry.Position);
                Assert.Equal(positions.Count, entry.Position);
            }
        }
        while (page.Count > 0);

        Assert.All(acknowledged, fact => Assert.Equal(fact.Position, positions[fact.Id]));
        Assert.Equal(acknowledged.Length, positions.Count);
    }
}
