using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Statements;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Conformance;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests;

/// <summary>A store in a folder of its own, on a clock moved by hand.</summary>
internal sealed class SqliteTrialStore : ITrialStore
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));
    private readonly long cacheBytesMax;
    private SqliteStore store;

    public SqliteTrialStore(long cacheBytesMax)
    {
        this.cacheBytesMax = cacheBytesMax;
        store = Open();
    }

    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public StorePorts Ports => new(store.Records, store.Catalog, store.Journal);

    public Instant Now => clock.Now;

    public Duration ShortLife { get; } = Duration.FromMinutes(10);

    public ValueTask AdvanceAsync(Duration by)
    {
        clock.Advance(by);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ReopenAsync()
    {
        await store.DisposeAsync();
        store = Open();
    }

    /// <summary>
    /// Gives the store, which must be empty, the layout in which earlier versions made it: records in the order of
    /// their keys.
    /// </summary>
    public async Task<SqliteTrialStore> InEarlierLayoutAsync()
    {
        await store.DisposeAsync();
        using (SqliteConnection connection = new($"Data Source={folder.File("store.db")};Pooling=False"))
        {
            connection.Open();
            Script.Run(
                connection,
                """
                BEGIN;
                DROP TABLE record;
                CREATE TABLE record (
                    kind TEXT NOT NULL,
                    id TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    expires INTEGER,
                    sweep_hour INTEGER,
                    value BLOB NOT NULL,
                    PRIMARY KEY (kind, id)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX record_sweep ON record (sweep_hour) WHERE sweep_hour IS NOT NULL;
                COMMIT;
                """);
        }

        store = Open();
        return this;
    }

    public ValueTask CloseAsync() => store.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private SqliteStore Open() => SqliteStore.Open(
        new SqliteOptions { Path = folder.File("store.db"), CacheBytesMax = cacheBytesMax }, clock);
}
