using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Server.Stores;
using NodaTime;

namespace H2H.Throttle.Server.Tests.Overload;

/// <summary>A store that saves people one at a time, each when it is told to, in the order they came.</summary>
internal sealed class SlowStore(IStore inner) : IStore, IRecordStore
{
    private readonly SemaphoreSlim permits = new(0);
    private int waiting;
    private volatile bool isQuick;

    /// <summary>How many saves wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public IRecordStore Records => this;

    public IJournal Journal => inner.Journal;

    public string Place => inner.Place;

    public bool MayComeBack => inner.MayComeBack;

    public bool IsReached => inner.IsReached;

    public bool IsInProcess => inner.Records.IsInProcess;

    /// <summary>Lets so many saves through.</summary>
    public void Release(int saves) => permits.Release(saves);

    /// <summary>From now on nothing waits.</summary>
    public void Recover()
    {
        isQuick = true;
        permits.Release(1_000_000);
    }

    public ValueTask<H2H.Throttle.Engine.Records.Record> LoadAsync(RecordKey key, CancellationToken cancellation) =>
        inner.Records.LoadAsync(key, cancellation);

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        if (key.Kind == "person" && !isQuick)
        {
            Task permit = permits.WaitAsync(cancellation);
            Interlocked.Increment(ref waiting);
            await permit;
            Interlocked.Decrement(ref waiting);
        }

        return await inner.Records.TrySaveAsync(key, expected, value, expires, cancellation);
    }

    public ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation) =>
        inner.Records.SecureAsync(key, version, cancellation);

    public IAsyncEnumerable<KeyValuePair<RecordKey, H2H.Throttle.Engine.Records.Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        inner.Records.ScanAsync(kind, afterId, cancellation);

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        permits.Dispose();
    }
}
