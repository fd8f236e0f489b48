using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests;

public sealed class FullDiskTests : IDisposable
{
    private const int LargeBytes = 200_000;
    private const int FileBytesMax = 4 * 1024 * 1024;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_at_its_limit_refuses_what_does_not_fit_keeps_the_rest_and_can_be_given_more_room()
    {
        SqliteOptions options = new() { Path = folder.File("store.db"), FileBytesMax = FileBytesMax };
        int stored;
        await using (SqliteStore store = SqliteStore.Open(options, TimeProvider.System))
        {
            (stored, StoreException full) = await FillAsync(store);

            Assert.Equal(StoreFailure.Full, full.Failure);
            Assert.Contains(options.Path, full.Message, StringComparison.Ordinal);
            await RequireStoredAsync(store, stored);
            Assert.False((await store.Records.LoadAsync(Large(stored), Cancellation)).Exists);
        }

        options.FileBytesMax = 0;
        await using SqliteStore reopened = SqliteStore.Open(options, TimeProvider.System);
        await RequireStoredAsync(reopened, stored);
        Assert.IsType<SaveResult.Saved>(await SaveLargeAsync(reopened, stored));
    }

    [Fact]
    public async Task A_large_write_that_does_not_fit_takes_no_small_one_with_it()
    {
        SqliteOptions options = new() { Path = folder.File("store.db"), FileBytesMax = FileBytesMax };
        await using SqliteStore store = SqliteStore.Open(options, TimeProvider.System);
        byte[] tooLarge = new byte[FileBytesMax];

        HeldCommit held = new(options.Path);   // so that what comes while the first write is held shares a batch
        Task<SaveResult>[] small = [.. Enumerable.Range(0, 20).Select(i => store.Records.TrySaveAsync(
            new RecordKey("small", $"s{i}"), RecordVersion.Absent, new byte[10], null, Cancellation).AsTask())];
        Task<SaveResult> large = store.Records.TrySaveAsync(
            Large(0), RecordVersion.Absent, tooLarge, null, Cancellation).AsTask();
        Task<long> fact = store.Journal.AppendAsync(
            [new JournalFact("f1", Instant.FromUnixTimeTicks(1), "opt_out", "p1", "{}"u8.ToArray())],
            Cancellation).AsTask();
        held.Dispose();

        Assert.Equal(StoreFailure.Full, (await Assert.ThrowsAsync<StoreException>(() => large)).Failure);
        Assert.All(await Task.WhenAll(small), static result => Assert.IsType<SaveResult.Saved>(result));
        Assert.Equal(1, await fact);
        Assert.False((await store.Records.LoadAsync(Large(0), Cancellation)).Exists);
        Assert.True((await store.Records.LoadAsync(new RecordKey("small", "s19"), Cancellation)).Exists);
        Assert.Single(await store.Journal.ReadAsync(0, 10, Cancellation));
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_still_answers_reads_and_goes_on_once_there_is_room()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(8);
        await File.WriteAllBytesAsync(disk.File("ballast"), new byte[4 * 1024 * 1024], Cancellation);
        SqliteOptions options = new() { Path = disk.File("store.db") };
        await using (SqliteStore store = SqliteStore.Open(options, TimeProvider.System))
        {
            (int stored, StoreException full) = await FillAsync(store);
            Assert.Equal(StoreFailure.Full, full.Failure);
            await RequireStoredAsync(store, stored);

            File.Delete(disk.File("ballast"));
            Assert.IsType<SaveResult.Saved>(await SaveLargeAsync(store, stored));
            await RequireStoredAsync(store, stored + 1);
        }
    }

    [Fact]
    public void A_disk_without_room_for_a_new_store_says_so()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(1);
        File.WriteAllBytes(disk.File("ballast"), new byte[(1024 * 1024) - 8192]);
        SqliteOptions options = new() { Path = disk.File("store.db") };

        StoreException full = Assert.Throws<StoreException>(() => SqliteStore.Open(options, TimeProvider.System));

        Assert.Equal(StoreFailure.Full, full.Failure);
        Assert.Contains(options.Path, full.Message, StringComparison.Ordinal);
    }

    private static RecordKey Large(int number) => new("large", $"l{number}");

    private static ValueTask<SaveResult> SaveLargeAsync(SqliteStore store, int number)
    {
        byte[] value = new byte[LargeBytes];
        Array.Fill(value, (byte)number);
        return store.Records.TrySaveAsync(Large(number), RecordVersion.Absent, value, null, Cancellation);
    }

    private static async Task<(int Stored, StoreException Full)> FillAsync(SqliteStore store)
    {
        const int tooMany = 1000;
        for (int stored = 0; stored < tooMany; stored++)
        {
            try
            {
                Assert.IsType<SaveResult.Saved>(await SaveLargeAsync(store, stored));
            }
            catch (StoreException full)
            {
                Assert.True(stored > 0, "Not even the first value found room.");
                return (stored, full);
            }
        }

        throw new InvalidOperationException("The store never filled up.");
    }

    private static async Task RequireStoredAsync(SqliteStore store, int count)
    {
        for (int number = 0; number < count; number++)
        {
            Record record = await store.Records.LoadAsync(Large(number), Cancellation);
            Assert.Equal(LargeBytes, record.Value.Length);
            Assert.Equal((byte)number, record.Value.Span[^1]);
        }
    }
}
