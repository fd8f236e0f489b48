using System.Globalization;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Sqlite.Tests;

public sealed class KilledProcessTests : IDisposable
{
    private const int Rounds = 4;
    private const int LinesBeforeTheKill = 2000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed_under_load_again_and_again()
    {
        List<string[]> said = [];
        for (int round = 0; round < Rounds; round++)
        {
            using VictimProcess victim = await VictimProcess.StartAsync(folder.File("store.db"), Cancellation);
            said.AddRange(await victim.KillAfterAsync(LinesBeforeTheKill, Cancellation));

            await using SqliteStore store = Open();
            await RequireRecordsAsync(store, said);
            await RequireFactsAsync(store, said);
        }

        Assert.True(said.Count >= Rounds * (LinesBeforeTheKill - 1));
    }

    [Fact]
    public async Task A_store_in_use_by_another_process_is_refused_and_free_again_once_that_is_killed()
    {
        using VictimProcess victim = await VictimProcess.StartAsync(folder.File("store.db"), Cancellation);

        StoreException refused = Assert.Throws<StoreException>(Open);
        await victim.KillAfterAsync(lines: 100, Cancellation);

        Assert.Equal(StoreFailure.InUse, refused.Failure);
        Assert.Contains(folder.File("store.db"), refused.Message, StringComparison.Ordinal);
        await using SqliteStore store = Open();
        Assert.NotEmpty(await store.Journal.ReadAsync(0, 1, Cancellation));
    }

    private SqliteStore Open() =>
        SqliteStore.Open(new SqliteOptions { Path = folder.File("store.db") }, TimeProvider.System);

    /// <summary>Each counter stands where it was last acknowledged, or one further: that save was on its way.</summary>
    private static async Task RequireRecordsAsync(SqliteStore store, List<string[]> said)
    {
        foreach (IGrouping<string, int> counts in said
            .Where(static words => words[0] == "record")
            .GroupBy(static words => words[1], static words => int.Parse(words[2], CultureInfo.InvariantCulture)))
        {
            Record record = await store.Records.LoadAsync(new RecordKey("person", counts.Key), Cancellation);
            Assert.True(record.Exists, $"{counts.Key} is lost.");
            Assert.InRange(BitConverter.ToInt32(record.Value.Span), counts.Max(), counts.Max() + 1);
        }
    }

    private static async Task RequireFactsAsync(SqliteStore store, List<string[]> said)
    {
        Dictionary<string, long> positions = [];
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await store.Journal.ReadAsync(positions.Count, IJournal.ReadMax, Cancellation);
            foreach (JournalEntry entry in page)
            {
                hash = JournalChain.Next(hash, entry.Fact);
                Assert.True(hash.Span.SequenceEqual(entry.Hash.Span), $"The chain breaks at {entry.Position}.");
                positions.Add(entry.Fact.Id, entry.Position);
                Assert.Equal(positions.Count, entry.Position);
            }
        }
        while (page.Count > 0);

        Assert.All(
            said.Where(static words => words[0] == "fact"),
            words => Assert.Equal(words[2], positions[words[1]].ToString(CultureInfo.InvariantCulture)));
    }
}
