using System.Globalization;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests.Writing;

public sealed class LogMoverTests : IDisposable
{
    private const int AtOnce = 100;
    private const int TurnsMax = 2000;

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));
    private int saved;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => folder.File("store.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]      // the writer moves so few
    [InlineData(2000)]   // so many are moved beside it
    public async Task While_commits_go_on_the_log_is_moved_into_the_file_and_begins_anew(int pagesMax)
    {
        await using SqliteStore store = Open(pagesMax);
        await SaveManyAsync(store);
        (long length, string log) = (new FileInfo(FilePath).Length, LogMark());

        int turns = 0;
        while ((new FileInfo(FilePath).Length == length || LogMark() == log) && turns < TurnsMax)
        {
            await SaveManyAsync(store);
            turns++;
        }

        Assert.True(turns < TurnsMax, $"After {turns * AtOnce} saves the log is the same.");
        Assert.Equal(saved, await store.Catalog.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_moved_beside_the_writer_is_there_when_the_store_is_opened_again()
    {
        await using (SqliteStore store = Open(1100))
        {
            for (int turn = 0; turn < 60; turn++)
            {
                await SaveManyAsync(store);
            }
        }

        await using SqliteStore again = Open(1100);
        Assert.Equal(saved, await again.Catalog.CountAsync(Cancellation));
        Assert.True((await again.Records.LoadAsync(KeyOf(saved - 1), Cancellation)).Exists);
    }

    private SqliteStore Open(int pagesMax) =>
        SqliteStore.Open(new SqliteOptions { Path = FilePath, LogPagesMax = pagesMax }, clock);

    /// <summary>Scattered over the keys, as people are.</summary>
    private async Task SaveManyAsync(SqliteStore store)
    {
        SaveResult[] results = await Task.WhenAll(Enumerable.Range(saved, AtOnce).Select(number => store.Records
            .TrySaveAsync(KeyOf(number), RecordVersion.Absent, new byte[400], expires: null, Cancellation).AsTask()));
        Assert.All(results, static result => Assert.IsType<SaveResult.Saved>(result));
        saved += AtOnce;
    }

    private static RecordKey KeyOf(int number) =>
        new("person", ((uint)number * 2654435761u).ToString("x8", CultureInfo.InvariantCulture));

    /// <summary>What differs each time that the log begins anew: its salts.</summary>
    /// <remarks>They are at bytes 16 to 23: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.</remarks>
    private string LogMark()
    {
        Span<byte> header = stackalloc byte[24];
        using FileStream log = new(FilePath + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.ReadExactly(header);
        return Convert.ToHexString(header[16..]);
    }
}
