using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests;

/// <summary>An embedded store with nothing in it, gone when disposed.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStore store;

    public TemporaryStore() =>
        store = SqliteStore.Open(new SqliteOptions { Path = folder.File("empty.db") }, TimeProvider.System);

    public StorePorts Ports => new(store.Records, store.Catalog, store.Journal);

    /// <summary>A path beside it, gone with it.</summary>
    public string File(string name) => folder.File(name);

    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public void Dispose()
    {
        store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        folder.Dispose();
    }
}
