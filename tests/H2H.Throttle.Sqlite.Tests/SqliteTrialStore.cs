using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Conformance;
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

    public ValueTask CloseAsync() => store.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    private SqliteStore Open() => SqliteStore.Open(
        new SqliteOptions { Path = folder.File("store.db"), CacheBytesMax = cacheBytesMax }, clock);
}
