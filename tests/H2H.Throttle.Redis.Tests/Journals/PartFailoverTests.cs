using System.Collections.Concurrent;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing.Servers;
using NodaTime;

namespace H2H.Throttle.Redis.Tests.Journals;

/// <summary>
/// A primary of a cluster dies while the journal goes from part to part, and its replica, which lagged behind, takes
/// over: of the parts that lay there the ends are lost.
/// </summary>
public sealed class PartFailoverTests
{
    private const int HangMs = 120_000;
    private const int Writers = 8;
    private const int PartEntries = 16;
    private const int FactsBefore = 200;
    private const int FactsLagging = 200;

    /// <summary>More than lies on its way to a replica that reads nothing, and which it still gets to read.</summary>
    private const int BallastRecords = 24;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangMs)]
    public async Task What_is_lost_is_named_by_its_positions_and_the_journal_goes_on()
    {
        await using RedisCluster cluster = await RedisCluster.StartAsync(replicas: 1, Cancellation);
        RedisOptions options = RedisTrialStore.OptionsFor(cluster.Addresses);
        options.StoreTimeoutMs = 500;
        options.JournalPartEntries = PartEntries;
        options.KeyPrefix = "same-slots:";
        await using RedisStore store = await RedisTrialStore.OpenAsync(options);
        ConcurrentDictionary<string, long> answered = [];
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(
            writer => Task.Run(() => AppendAsync(store.Journal, writer, answered, over.Token))));

        await UntilAsync(answered, FactsBefore);
        RedisServer[] replicas = [.. cluster.Nodes.Skip(cluster.Nodes.Count / 2)];
        Array.ForEach(replicas, static replica => replica.Freeze());
        await Parallel.ForAsync(0, BallastRecords, Cancellation, (number, _) => LoadAsync(store.Records, number));
        await UntilAsync(answered, answered.Count + FactsLagging);
        await cluster.Nodes[0].KillAsync();
        Array.ForEach(replicas, static replica => replica.Thaw());
        HashSet<string> before = [.. answered.Keys];   // the failover takes longer than to come this far
        await UntilAsync(answered, before.Count + FactsBefore);
        await over.CancelAsync();
        await writing;

        IReadOnlyList<JournalEntry> entries = await Patience.UntilAvailableAsync(
            () => store.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation), Cancellation);
        Dictionary<string, long> kept = entries.ToDictionary(
            static entry => entry.Fact.Id, static entry => entry.Position, StringComparer.Ordinal);
        string[] lost = [.. answered.Keys.Where(id => !kept.ContainsKey(id))];
        ChainCheck check = new(written: null);
        Array.ForEach([.. entries], check.Add);
        check.End();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{lost.Length} of {answered.Count} acknowledged entries lost: {string.Join(", ", check.Faults)}");
        Assert.All(check.Faults, static fault => Assert.Equal(ChainFaultKind.Missing, fault.Kind));
        Assert.All(kept, fact => Assert.Equal(answered.GetValueOrDefault(fact.Key, fact.Value), fact.Value));
        Assert.NotEmpty(lost);
        Assert.InRange(lost.Except(before).Count(), 0, Writers);   // whose answers came while those were listed
    }

    private static async ValueTask LoadAsync(IRecordStore records, int number) =>
        await Patience.UntilAvailableAsync(
            () => records.TrySaveAsync(
                new RecordKey("ballast", $"{number}"), RecordVersion.Absent, new byte[IRecordStore.ValueBytesMax], null,
                Cancellation),
            Cancellation);

    private static async Task AppendAsync(
        IJournal journal, int writer, ConcurrentDictionary<string, long> answered, CancellationToken over)
    {
        for (int number = 0; !over.IsCancellationRequested; number++)
        {
            JournalFact fact = new(
                $"{writer} {number}", Instant.FromUnixTimeTicks(1), "counted", "p", ReadOnlyMemory<byte>.Empty);
            answered[fact.Id] = await Patience.UntilAvailableAsync(
                () => journal.AppendAsync([fact], Cancellation), Cancellation);
        }
    }

    private static async Task UntilAsync(ConcurrentDictionary<string, long> answered, int count)
    {
        while (answered.Count < count)
        {
            await Task.Delay(1, Cancellation);
        }
    }
}
