using System.ComponentModel.DataAnnotations;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Statements;
using H2H.Throttle.Testing;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly RecordKey Key = new("person", "p1");

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_record_expires_at_its_very_instant()
    {
        await using SqliteStore store = Open(new SqliteOptions());
        Instant expires = clock.Now + Duration.FromMinutes(10);
        await SaveAsync(store, Key, expires);

        clock.Now = expires.PlusTicks(-1);
        bool before = (await store.Records.LoadAsync(Key, Cancellation)).Exists;
        clock.Now = expires;
        bool after = (await store.Records.LoadAsync(Key, Cancellation)).Exists;

        Assert.True(before);
        Assert.False(after);
    }

    [Fact]
    public async Task Later_commits_clear_expired_records_away_a_few_at_a_time()
    {
        const int many = 100, each = 30;
        await using SqliteStore store = Open(new SqliteOptions { SweepMax = each });
        for (int i = 0; i < many; i++)
        {
            await SaveAsync(store, new RecordKey("mortal", $"m{i}"), clock.Now + Duration.FromMinutes(10));
        }

        await SaveAsync(store, Key, expires: null);
        long before = CountRecords();
        clock.Advance(Duration.FromHours(2));
        for (int i = 0; i <= many / each; i++)
        {
            await SaveAsync(store, new RecordKey("lasting", $"l{i}"), expires: null);
        }

        Assert.Equal(many + 1, before);
        Assert.Equal(1 + 1 + (many / each), CountRecords());
        Assert.True((await store.Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task A_record_cleared_away_can_be_created_anew_and_stays()
    {
        await using SqliteStore store = Open(new SqliteOptions());
        for (int life = 0; life < 3; life++)
        {
            await SaveAsync(store, Key, clock.Now + Duration.FromMinutes(10));
            clock.Advance(Duration.FromHours(2));
            await SaveAsync(store, new RecordKey("other", $"o{life}"), expires: null);
        }

        await SaveAsync(store, Key, clock.Now + Duration.FromHours(3));
        clock.Advance(Duration.FromHours(2));
        await SaveAsync(store, new RecordKey("other", "last"), expires: null);

        Assert.True((await store.Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task A_record_whose_expiry_was_put_off_by_hours_or_for_good_is_not_cleared_away()
    {
        await using SqliteStore store = Open(new SqliteOptions());
        RecordKey forGood = new("person", "p2"), brought = new("person", "p3");
        Instant soon = clock.Now + Duration.FromMinutes(10);
        await SaveAsync(store, Key, soon + Duration.FromHours(5), await SaveAsync(store, Key, soon));
        await SaveAsync(store, forGood, expires: null, await SaveAsync(store, forGood, soon));
        await SaveAsync(store, brought, soon, await SaveAsync(store, brought, soon + Duration.FromHours(5)));

        clock.Advance(Duration.FromHours(2));
        await SaveAsync(store, new RecordKey("other", "o"), expires: null);

        Assert.Equal(3, CountRecords());
        Assert.True((await store.Records.LoadAsync(Key, Cancellation)).Exists);
        Assert.True((await store.Records.LoadAsync(forGood, Cancellation)).Exists);
    }

    [Fact]
    public async Task A_record_taken_out_of_the_file_by_hand_fails_one_save_and_is_then_seen_as_absent()
    {
        await using SqliteStore store = Open(new SqliteOptions());
        RecordVersion version = await SaveAsync(store, Key, expires: null);
        using (SqliteConnection connection = new($"Data Source={folder.File("store.db")};Pooling=False"))
        {
            connection.Open();
            Script.Run(connection, "DELETE FROM record");
        }

        StoreException error = await Assert.ThrowsAsync<StoreException>(
            async () => await SaveAsync(store, Key, expires: null, version));

        Assert.Equal(StoreFailure.Unavailable, error.Failure);
        Assert.False((await store.Records.LoadAsync(Key, Cancellation)).Exists);
        await SaveAsync(store, Key, expires: null);
    }

    [Fact]
    public async Task A_clock_set_back_brings_no_record_back_wrongly()
    {
        await using SqliteStore store = Open(new SqliteOptions());
        await SaveAsync(store, Key, clock.Now + Duration.FromMinutes(10));
        clock.Advance(Duration.FromHours(2));
        await SaveAsync(store, new RecordKey("other", "o"), expires: null);
        clock.Advance(-Duration.FromHours(2));

        Assert.False((await store.Records.LoadAsync(Key, Cancellation)).Exists);
        await SaveAsync(store, Key, expires: null);
        Assert.True((await store.Records.LoadAsync(Key, Cancellation)).Exists);
    }

    [Fact]
    public async Task More_writes_than_may_wait_are_refused_and_those_that_wait_are_done()
    {
        const int queueMax = 5, batchMax = 3;
        SqliteOptions options = new() { QueueMax = queueMax, BatchMax = batchMax };
        await using SqliteStore store = Open(options);
        List<Task<SaveResult>> waiting = [];

        StoreException? refused = null;
        using (new HeldCommit(options.Path))
        {
            for (int i = 0; i <= queueMax + batchMax; i++)
            {
                Task<SaveResult> save = store.Records.TrySaveAsync(
                    new RecordKey("person", $"p{i}"), RecordVersion.Absent, new byte[1], null, Cancellation).AsTask();
                if (save.IsFaulted)
                {
                    refused = await Assert.ThrowsAsync<StoreException>(() => save);
                    break;
                }

                waiting.Add(save);
            }
        }

        Assert.Equal(StoreFailure.Unavailable, refused?.Failure);
        Assert.InRange(waiting.Count, queueMax, queueMax + batchMax);
        Assert.All(await Task.WhenAll(waiting), static result => Assert.IsType<SaveResult.Saved>(result));
    }

    [Fact]
    public async Task More_bytes_than_may_wait_are_refused()
    {
        SqliteOptions options = new() { QueueBytesMax = 1, BatchMax = 1 };
        await using SqliteStore store = Open(options);
        List<Task<SaveResult>> saves = [];

        using (new HeldCommit(options.Path))
        {
            for (int i = 0; i < 3; i++)
            {
                saves.Add(store.Records.TrySaveAsync(
                    new RecordKey("person", $"p{i}"), RecordVersion.Absent, new byte[1], null, Cancellation).AsTask());
            }
        }

        // The writer holds one at most and an empty queue takes one whatever its size: a third has no place.
        Task<SaveResult>[] refused = [.. saves.Where(static save => save.IsFaulted)];
        Assert.NotEmpty(refused);
        foreach (Task<SaveResult> save in refused)
        {
            Assert.Equal(StoreFailure.Unavailable, (await Assert.ThrowsAsync<StoreException>(() => save)).Failure);
        }

        Assert.IsType<SaveResult.Saved>(await saves[0]);
        Assert.All(
            await Task.WhenAll(saves.Except(refused)), static result => Assert.IsType<SaveResult.Saved>(result));
    }

    [Fact]
    public async Task A_write_given_up_while_it_waits_is_not_done()
    {
        SqliteOptions options = new() { BatchMax = 1 };
        RecordKey givenUp = new("person", "p2");
        await using SqliteStore store = Open(options);
        using CancellationTokenSource source = new();
        Task<SaveResult> first, second;

        using (new HeldCommit(options.Path))
        {
            first = store.Records.TrySaveAsync(Key, RecordVersion.Absent, new byte[1], null, Cancellation).AsTask();
            second = store.Records.TrySaveAsync(
                givenUp, RecordVersion.Absent, new byte[1], null, source.Token).AsTask();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        }

        Assert.IsType<SaveResult.Saved>(await first);
        await SaveAsync(store, new RecordKey("person", "p3"), expires: null);
        Assert.False((await store.Records.LoadAsync(givenUp, Cancellation)).Exists);
    }

    [Fact]
    public async Task Closing_finishes_what_was_queued()
    {
        SqliteOptions options = new() { BatchMax = 2 };
        SqliteStore store = Open(options);
        Task<SaveResult>[] saves;
        Task closed;
        using (new HeldCommit(options.Path))
        {
            saves = [.. Enumerable.Range(0, 9).Select(i => store.Records.TrySaveAsync(
                new RecordKey("person", $"p{i}"), RecordVersion.Absent, new byte[1], null, Cancellation).AsTask())];
            closed = store.DisposeAsync().AsTask();
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await SaveAsync(store, Key, expires: null));
            Assert.False(closed.IsCompleted);
        }

        await closed;
        await store.DisposeAsync();
        Assert.All(await Task.WhenAll(saves), static result => Assert.IsType<SaveResult.Saved>(result));
        Assert.Equal(9, CountRecords());
    }

    [Fact]
    public async Task A_closed_store_leaves_the_file_whole_without_a_log()
    {
        await using (SqliteStore store = Open(new SqliteOptions()))
        {
            await SaveAsync(store, Key, expires: null);
        }

        Assert.Equal(["store.db", "store.db.lock"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ValidationException>(() => Open(new SqliteOptions { QueueMax = 0 }));
        Assert.Throws<ValidationException>(() => Open(new SqliteOptions { ReadersMax = 0 }));
        Assert.Throws<ValidationException>(
            () => SqliteStore.Open(new SqliteOptions { Path = "" }, clock));
    }

    private SqliteStore Open(SqliteOptions options)
    {
        options.Path = folder.File("store.db");
        return SqliteStore.Open(options, clock);
    }

    private static async Task<RecordVersion> SaveAsync(
        SqliteStore store, RecordKey key, Instant? expires, RecordVersion expected = default)
    {
        SaveResult result = await store.Records.TrySaveAsync(key, expected, new byte[1], expires, Cancellation);
        return Assert.IsType<SaveResult.Saved>(result).Version;
    }

    private long CountRecords()
    {
        using SqliteConnection connection = new($"Data Source={folder.File("store.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM record";
        return (long)command.ExecuteScalar()!;
    }
}
