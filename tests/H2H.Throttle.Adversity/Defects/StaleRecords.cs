using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Loads what it has seen before, although others may have saved since.</summary>
internal sealed class StaleRecords(IRecordStore records) : IRecordStore
{
    private readonly Dictionary<RecordKey, Record> known = [];

    public bool IsInProcess => records.IsInProcess;

    public async ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation) =>
        known.TryGetValue(key, out Record? before)
            ? before
            : known[key] = await records.LoadAsync(key, cancellation);

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        SaveResult result = await records.TrySaveAsync(key, expected, value, expires, cancellation);
        known[key] = result switch
        {
            SaveResult.Saved saved => new Record(saved.Version, value),
            SaveResult.Conflict conflict => conflict.Current,
            _ => Record.Absent,
        };
        return result;
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
