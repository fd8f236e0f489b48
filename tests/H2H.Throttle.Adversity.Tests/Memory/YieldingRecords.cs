using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Tests.Memory;

/// <summary>Lets others go first at every call, as a store does whose calls take time.</summary>
internal sealed class YieldingRecords(IRecordStore records) : IRecordStore
{
    public async ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        await Task.Yield();
        return await records.LoadAsync(key, cancellation);
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        await Task.Yield();
        return await records.TrySaveAsync(key, expected, value, expires, cancellation);
    }

    public ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation) =>
        records.SecureAsync(key, version, cancellation);

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
