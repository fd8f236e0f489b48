using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Saves over whatever is there.</summary>
internal sealed class OverwritingRecords(IRecordStore records) : IRecordStore
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
        SaveResult result = await records.TrySaveAsync(key, expected, value, expires, cancellation);
        while (result is SaveResult.Conflict conflict)
        {
            result = await records.TrySaveAsync(key, conflict.Current.Version, value, expires, cancellation);
        }

        return result;
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
