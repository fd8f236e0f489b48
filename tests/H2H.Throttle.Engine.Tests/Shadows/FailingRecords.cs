using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Shadows;

/// <summary>A store that can be told to fail.</summary>
internal sealed class FailingRecords(IRecordStore records) : IRecordStore
{
    public bool Fails { get; set; }

    public bool IsInProcess => records.IsInProcess;

    public ValueTask<H2H.Throttle.Engine.Records.Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        Require();
        return records.LoadAsync(key, cancellation);
    }

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        Require();
        return records.TrySaveAsync(key, expected, value, expires, cancellation);
    }

    public IAsyncEnumerable<KeyValuePair<RecordKey, H2H.Throttle.Engine.Records.Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);

    private void Require()
    {
        if (Fails)
        {
            throw new StoreException(StoreFailure.Unavailable, "The store is away.");
        }
    }
}
