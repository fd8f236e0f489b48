using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Saves once more, over whatever is there by then, what nobody knows whether it was saved.</summary>
internal sealed class RepeatingRecords(IRecordStore records) : IRecordStore
{
    public bool IsInProcess => records.IsInProcess;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation) =>
        records.LoadAsync(key, cancellation);

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        try
        {
            return await records.TrySaveAsync(key, expected, value, expires, cancellation);
        }
        catch (StoreException)
        {
            Record current = await records.LoadAsync(key, cancellation);
            return await records.TrySaveAsync(key, current.Version, value, expires, cancellation);
        }
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
