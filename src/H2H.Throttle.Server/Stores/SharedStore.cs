using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis;

namespace H2H.Throttle.Server.Stores;

/// <summary>Redis, which other servers use as well.</summary>
internal sealed class SharedStore(RedisStore store) : IStore
{
    public IRecordStore Records => store.Records;

    public IJournal Journal => store.Journal;

    public string Place => $"Redis at {store.Servers}{(IsReached ? "" : ", which cannot be reached yet")}";

    public bool IsReached => store.IsConnected;

    public bool MayComeBack => true;

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
