using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Statements;
using H2H.Throttle.Testing;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Tests.Files;

public sealed class StoreFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder folder = new();

    private string StorePath => folder.File("store.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Missing_folders_are_made()
    {
        string path = folder.File("a/b/store.db");

        await using SqliteStore store = Open(path);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Nobody_but_the_owner_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        string path = folder.File("a/store.db");
        await using SqliteStore store = Open(path);
        await FillAsync(store, 1);

        foreach (string end in (string[])["", ".lock", "-wal", "-shm"])
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path + end));
        }

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.File("a")));
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        await File.WriteAllBytesAsync(StorePath, [], Cancellation);

        await using SqliteStore store = Open(StorePath);

        await FillAsync(store, 1);
    }

    [Fact]
    public async Task A_store_half_made_by_a_killed_process_is_made_anew()
    {
        await File.WriteAllTextAsync(StorePath + ".new", "half", Cancellation);
        await File.WriteAllTextAsync(StorePath + ".new-journal", "half", Cancellation);

        await using SqliteStore store = Open(StorePath);

        await FillAsync(store, 1);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("SQLite format 3")]
    [InlineData("A letter to the editor that happens to lie where the store is expected, longer than any header.")]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        await File.WriteAllTextAsync(StorePath, content, Cancellation);

        RequireRefused(StorePath, StoreFailure.Foreign);

        Assert.Equal(content, await File.ReadAllTextAsync(StorePath, Cancellation));
    }

    [Fact]
    public async Task A_database_of_another_product_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE record (id TEXT); PRAGMA user_version = 1");
        byte[] before = await File.ReadAllBytesAsync(StorePath, Cancellation);

        RequireRefused(StorePath, StoreFailure.Foreign);

        Assert.Equal(before, await File.ReadAllBytesAsync(StorePath, Cancellation));
        Assert.Equal(["store.db", "store.db.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(StorePath);

        RequireRefused(StorePath, StoreFailure.Foreign);
    }

    [Fact]
    public async Task A_newer_format_is_refused()
    {
        await Open(StorePath).DisposeAsync();
        Execute("PRAGMA user_version = 2");

        StoreException newer = RequireRefused(StorePath, StoreFailure.Newer);

        Assert.Contains("format 2", newer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_open_already_is_refused_until_it_is_closed()
    {
        await using (SqliteStore first = Open(StorePath))
        {
            RequireRefused(StorePath, StoreFailure.InUse);
            await FillAsync(first, 1);
        }

        await using SqliteStore second = Open(StorePath);
        Assert.True((await second.Records.LoadAsync(new RecordKey("person", "p0"), Cancellation)).Exists);
    }

    [Fact]
    public async Task A_store_open_under_another_name_is_refused_too()
    {
        await using SqliteStore first = Open(StorePath);
        File.CreateSymbolicLink(folder.File("link.db"), StorePath);

        StoreException refused = Assert.Throws<StoreException>(() => Open(folder.File("link.db")));

        Assert.Equal(StoreFailure.InUse, refused.Failure);
    }

    [Fact]
    public async Task A_read_only_place_is_refused()
    {
        // Root may write whatever the modes say, so root needs a disk that is read-only.
        if (Environment.IsPrivilegedProcess)
        {
            using SmallDisk disk = SmallDisk.MountOrSkip(8);
            await Open(disk.File("store.db")).DisposeAsync();
            disk.MakeReadOnly();

            RequireRefused(disk.File("store.db"), StoreFailure.ReadOnly);
            RequireRefused(disk.File("missing.db"), StoreFailure.ReadOnly);
            RequireRefused(disk.File("missing/store.db"), StoreFailure.ReadOnly);
        }
        else if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
        }
        else
        {
            string path = folder.File("a/store.db");
            await Open(path).DisposeAsync();
            File.SetUnixFileMode(path, UnixFileMode.UserRead);
            RequireRefused(path, StoreFailure.ReadOnly);

            File.SetUnixFileMode(folder.File("a"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            RequireRefused(folder.File("a/missing.db"), StoreFailure.ReadOnly);
            File.SetUnixFileMode(folder.File("a"), OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task Damaged_pages_are_reported_wherever_they_are_met_and_never_read_as_absent()
    {
        const int records = 500;
        await using (SqliteStore store = Open(StorePath))
        {
            await FillAsync(store, records);
        }

        await DamagePagesAsync(from: 2);

        int reported = 0, intact = 0;
        await using (SqliteStore? store = TryOpenDamaged())
        {
            for (int i = 0; i < records && store is not null; i++)
            {
                try
                {
                    Assert.True((await store.Records.LoadAsync(new RecordKey("person", $"p{i}"), Cancellation)).Exists);
                    intact++;
                }
                catch (StoreException error)
                {
                    Assert.Equal(StoreFailure.Damaged, error.Failure);
                    Assert.Contains(StorePath, error.Message, StringComparison.Ordinal);
                    reported++;
                }
            }

            Assert.True(store is null || reported > 0, $"All of {intact} records were read.");
        }
    }

    [Fact]
    public async Task A_file_cut_short_is_reported_as_damaged()
    {
        await using (SqliteStore store = Open(StorePath))
        {
            await FillAsync(store, 500);
        }

        using (FileStream file = File.OpenWrite(StorePath))
        {
            file.SetLength(4096);
        }

        RequireRefused(StorePath, StoreFailure.Damaged);
    }

    private static SqliteStore Open(string path) =>
        SqliteStore.Open(new SqliteOptions { Path = path, CacheBytesMax = 0 }, TimeProvider.System);

    private static StoreException RequireRefused(string path, StoreFailure failure)
    {
        StoreException error = Assert.Throws<StoreException>(() => Open(path));
        Assert.Equal(failure, error.Failure);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }

    private static async Task FillAsync(SqliteStore store, int records)
    {
        for (int i = 0; i < records; i++)
        {
            Assert.IsType<SaveResult.Saved>(await store.Records.TrySaveAsync(
                new RecordKey("person", $"p{i}"), RecordVersion.Absent, new byte[200], null, Cancellation));
        }
    }

    private async Task DamagePagesAsync(int from)
    {
        byte[] file = await File.ReadAllBytesAsync(StorePath, Cancellation);
        new Random(1).NextBytes(file.AsSpan(from * 4096));
        await File.WriteAllBytesAsync(StorePath, file, Cancellation);
    }

    private SqliteStore? TryOpenDamaged()
    {
        try
        {
            return Open(StorePath);
        }
        catch (StoreException error)
        {
            Assert.Equal(StoreFailure.Damaged, error.Failure);
            return null;
        }
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={StorePath};Pooling=False");
        connection.Open();
        Script.Run(connection, sql);
    }
}
