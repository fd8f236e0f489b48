using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Archives;

/// <summary>Everything of one store, in another or in a file.</summary>
public sealed class TransferTests : IDisposable
{
    private const int People = 300;
    private const int Facts = 450;
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();

    private readonly TemporaryStore source = new();
    private readonly TemporaryStore target = new();

    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_is_gone_on_with_and_comes_out_the_same()
    {
        await FillAsync(source);

        await Assert.ThrowsAsync<StoreException>(() => CopyAsync(new BrokenContent(source.Ports, 100)));
        await CopyAsync(source.Ports);

        Assert.Empty(await CompareAsync(source.Ports, target.Ports));
        Assert.Equal(People, await CountAsync(target.Ports));
        await CopyAsync(source.Ports, overwrite: true);
        Assert.Equal(Facts, (await target.Journal.ReadAsync(0, IJournal.ReadMax, Cancellation)).Count);
    }

    [Fact]
    public async Task A_store_that_is_not_empty_is_left_alone_unless_it_may_be_written_over()
    {
        await FillAsync(source);
        RecordKey taken = new("person", "p00007");
        await target.Records.TrySaveAsync(taken, RecordVersion.Absent, new byte[] { 9, 9 }, null, Cancellation);

        TransferException refused = await Assert.ThrowsAsync<TransferException>(() => CopyAsync(source.Ports));
        Assert.Equal([9, 9], (await target.Records.LoadAsync(taken, Cancellation)).Value.ToArray());
        await CopyAsync(source.Ports, overwrite: true);

        Assert.Contains("--overwrite", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await CompareAsync(source.Ports, target.Ports));
    }

    [Fact]
    public async Task A_journal_with_another_history_is_never_written_over()
    {
        await FillAsync(source);
        await target.Journal.AppendAsync([Fact("other")], Cancellation);

        TransferException refused = await Assert.ThrowsAsync<TransferException>(
            () => CopyAsync(source.Ports, overwrite: true));

        Assert.Contains("another history", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(target.Ports));
    }

    [Fact]
    public async Task A_comparison_names_what_differs()
    {
        await FillAsync(source);
        await CopyAsync(source.Ports);
        await SaveAsync(source, "p99998", null);
        await SaveAsync(target, "p00000x", null);
        await ChangeAsync("p00001");
        await ChangeAsync("p00002", Now + Duration.FromDays(9));
        await target.Journal.AppendAsync([Fact("later")], Cancellation);

        Assert.Equal(
            [
                "person/p00000x is in the copy alone.", "person/p00001 differs.",
                "person/p00002 expires at another time.", "person/p99998 is missing from the copy.",
                "Entry 451 of the journal is in the copy alone.",
            ],
            await CompareAsync(source.Ports, target.Ports));
    }

    [Fact]
    public async Task A_backup_is_restored_to_the_byte_and_replaces_no_file()
    {
        await FillAsync(source);
        string path = source.File("backup");

        await BackupWriter.WriteAsync(source.Ports, path, new TransferTally(), Cancellation);
        BackupFile backup = await BackupFile.OpenAsync(path, Cancellation);
        await CopyAsync(backup);

        Assert.Equal(People + Facts, await backup.CountAsync(Cancellation));
        Assert.Equal(People + Facts, await source.Ports.CountAsync(Cancellation));
        Assert.Empty(await CompareAsync(source.Ports, target.Ports));
        Assert.Empty(await CompareAsync(backup, target.Ports));
        await Assert.ThrowsAsync<TransferException>(
            () => BackupWriter.WriteAsync(source.Ports, path, new TransferTally(), Cancellation));
        Assert.False(File.Exists($"{path}.partial"));
    }

    [Fact]
    public async Task A_backup_that_is_torn_or_changed_anywhere_is_refused()
    {
        await FillAsync(source);
        string path = source.File("backup");
        await BackupWriter.WriteAsync(source.Ports, path, new TransferTally(), Cancellation);
        byte[] whole = await File.ReadAllBytesAsync(path, Cancellation);
        Random random = new(1);

        for (int tries = 0; tries < 50; tries++)
        {
            byte[] torn = whole[..random.Next(whole.Length)];
            byte[] changed = [.. whole];
            changed[random.Next(whole.Length)] ^= 0x40;
            foreach (byte[] bad in new[] { torn, changed })
            {
                await File.WriteAllBytesAsync(path, bad, Cancellation);
                await Assert.ThrowsAsync<TransferException>(() => BackupFile.OpenAsync(path, Cancellation));
            }
        }
    }

    private static async Task FillAsync(TemporaryStore store)
    {
        for (int number = 0; number < People; number++)
        {
            await SaveAsync(store, $"p{number:D5}", number % 3 == 0 ? Now + Duration.FromDays(30) : null);
        }

        for (int number = 0; number < Facts; number += 50)
        {
            await store.Journal.AppendAsync(
                [.. Enumerable.Range(number, 50).Select(static one => Fact($"fact {one}"))], Cancellation);
        }
    }

    private static async Task SaveAsync(TemporaryStore store, string id, Instant? expires) =>
        await store.Records.TrySaveAsync(
            new RecordKey("person", id), RecordVersion.Absent, new byte[] { 1, 2, 3 }, expires, Cancellation);

    /// <summary>In the source alone: its value, or only its expiry.</summary>
    private async Task ChangeAsync(string id, Instant? expires = null)
    {
        RecordKey key = new("person", id);
        H2H.Throttle.Engine.Records.Record record = await source.Records.LoadAsync(key, Cancellation);
        byte[] value = expires is null ? [4] : record.Value.ToArray();
        await source.Records.TrySaveAsync(key, record.Version, value, expires, Cancellation);
    }

    private Task CopyAsync(IContent from, bool overwrite = false) =>
        Transfer.IntoAsync(from, target.Ports, overwrite, Now, new TransferTally(), Cancellation);

    private static async Task<IEnumerable<string>> CompareAsync(IContent from, IContent to) =>
        await Verification.CompareAsync(from, to, Now, new TransferTally(), Cancellation);

    private static async Task<int> CountAsync(StorePorts store)
    {
        int count = 0;
        await foreach (KeptRecord _ in store.ListAsync(Cancellation))
        {
            count++;
        }

        return count;
    }

    private static JournalFact Fact(string id) =>
        new(id, Instant.FromUnixTimeTicks(id.Length), "opt_out", "p1", new byte[] { 7 });
}
