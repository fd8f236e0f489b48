using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite;

namespace H2H.Throttle.Server.Stores;

/// <summary>One file of this process' own.</summary>
internal sealed class EmbeddedStore(SqliteStore store, string path) : IStore
{
    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public string Place => Path.GetFullPath(path);

    public bool IsReached => true;

    public bool MayComeBack => false;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
