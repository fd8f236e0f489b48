using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests;

/// <summary>What a power cut may leave of the write-ahead log: its end missing, or garbage.</summary>
public sealed class TornLogTests : IDisposable
{
    private const int Steps = 30;
    private static readonly RecordKey Key = new("person", "p1");

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_cut_off_anywhere_leaves_a_state_that_once_was()
    {
        await MakeHistoryAsync();
        long length = new FileInfo(folder.File("crashed.db-wal")).Length;

        int shortest = int.MaxValue;
        for (long cut = length; cut > 0; cut -= length / 97)
        {
            File.Copy(folder.File("crashed.db"), folder.File("torn.db"), overwrite: true);
            File.Copy(folder.File("crashed.db-wal"), folder.File("torn.db-wal"), overwrite: true);
            using (FileStream log = File.OpenWrite(folder.File("torn.db-wal")))
            {
                log.SetLength(cut);
            }

            int found = await RequireStateThatOnceWasAsync("torn.db");
            Assert.InRange(found, 0, shortest);
            shortest = found;
            Assert.True(cut < length || found == Steps, "An untouched log lost something.");
        }

        Assert.True(shortest < Steps, "The cuts removed nothing, so nothing was tested.");
    }

    [Fact]
    public async Task Garbage_after_the_last_commit_of_the_log_is_ignored()
    {
        await MakeHistoryAsync();
        byte[] garbage = new byte[10_000];
        new Random(1).NextBytes(garbage);
        await File.AppendAllBytesAsync(folder.File("crashed.db-wal"), garbage, Cancellation);

        Assert.Equal(Steps, await RequireStateThatOnceWasAsync("crashed.db"));
    }

    [Fact]
    public async Task A_flipped_byte_in_the_log_ends_it_there()
    {
        await MakeHistoryAsync();
        byte[] log = await File.ReadAllBytesAsync(folder.File("crashed.db-wal"), Cancellation);
        log[log.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(folder.File("crashed.db-wal"), log, Cancellation);

        Assert.InRange(await RequireStateThatOnceWasAsync("crashed.db"), 1, Steps - 1);
    }

    /// <summary>In each step the record counts up, then the journal; the files are copied in the end.</summary>
    private async Task MakeHistoryAsync()
    {
        await using SqliteStore store = Open("store.db");
        RecordVersion version = RecordVersion.Absent;
        for (int step = 1; step <= Steps; step++)
        {
            byte[] value = BitConverter.GetBytes(step);
            SaveResult result = await store.Records.TrySaveAsync(Key, version, value, null, Cancellation);
            version = Assert.IsType<SaveResult.Saved>(result).Version;
            JournalFact fact = new($"f{step}", Instant.FromUnixTimeTicks(step), "counted", "p1", value);
            Assert.Equal(step, await store.Journal.AppendAsync([fact], Cancellation));
        }

        File.Copy(folder.File("store.db"), folder.File("crashed.db"));
        File.Copy(folder.File("store.db-wal"), folder.File("crashed.db-wal"));
    }

    /// <summary>Opens it, finds record and journal in step, writes on, and answers with its steps.</summary>
    private async Task<int> RequireStateThatOnceWasAsync(string name)
    {
        await using SqliteStore store = Open(name);
        Record record = await store.Records.LoadAsync(Key, Cancellation);
        IReadOnlyList<JournalEntry> entries = await store.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation);
        int counted = record.Exists ? BitConverter.ToInt32(record.Value.Span) : 0;
        Assert.InRange(entries.Count, Math.Max(0, counted - 1), counted);
        ReadOnlyMemory<byte> hash = JournalChain.Root;
        Assert.All(entries, entry => hash = RequireNext(hash, entry));

        Assert.IsType<SaveResult.Saved>(
            await store.Records.TrySaveAsync(Key, record.Version, new byte[] { 1 }, null, Cancellation));
        return entries.Count;
    }

    private static ReadOnlyMemory<byte> RequireNext(ReadOnlyMemory<byte> hash, JournalEntry entry)
    {
        Assert.True(JournalChain.Next(hash, entry.Fact).Span.SequenceEqual(entry.Hash.Span));
        return entry.Hash;
    }

    private SqliteStore Open(string name) =>
        SqliteStore.Open(new SqliteOptions { Path = folder.File(name) }, TimeProvider.System);
}
