using H2H.Throttle.Adversity.Simulation;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>Says that it has saved, and then saves; if that fails nobody is told.</summary>
internal sealed class EarlyRecords(IRecordStore records, Schedule schedule) : IRecordStore
{
    public bool IsInProcess => records.IsInProcess;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation) =>
        records.LoadAsync(key, cancellation);

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        byte[] kept = value.ToArray();
        _ = SaveLaterAsync();
        return new(new SaveResult.Saved(new RecordVersion(expected.Number + 1)));

        async Task SaveLaterAsync()
        {
            await schedule.TurnAsync();
            await records.TrySaveAsync(key, expected, kept, expires, cancellation);
        }
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
