using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>Records at the other end of a line.</summary>
internal sealed class LinkedRecords(IRecordStore far, Link link) : IRecordStore
{
    /// <summary>Decides whether the engine looks or guesses first.</summary>
    public bool IsInProcess => link.IsShort;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation) =>
        link.CarryAsync(() => far.LoadAsync(key, cancellation));

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation) =>
        link.CarryAsync(() => far.TrySaveAsync(key, expected, value, expires, cancellation));

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) => far.ScanAsync(kind, afterId, cancellation);
}
