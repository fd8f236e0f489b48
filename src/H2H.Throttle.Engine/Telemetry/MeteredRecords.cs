using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Another store's records, with the time that each call takes.</summary>
internal sealed class MeteredRecords(IRecordStore records, StoreMeter meter) : IRecordStore
{
    public bool IsInProcess => records.IsInProcess;

    public Record? Recall(RecordKey key) => records.Recall(key);

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation) => !meter.IsHeard
        ? records.LoadAsync(key, cancellation)
        : meter.TimeAsync(
            "load",
            (records, key, cancellation),
            static ask => ask.records.LoadAsync(ask.key, ask.cancellation),
            static record => record.Exists ? "found" : "absent");

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation) => !meter.IsHeard
        ? records.TrySaveAsync(key, expected, value, expires, cancellation)
        : meter.TimeAsync(
            "save",
            (records, key, expected, value, expires, cancellation),
            static ask => ask.records.TrySaveAsync(
                ask.key, ask.expected, ask.value, ask.expires, ask.cancellation),
            static saved => saved is SaveResult.Saved ? "saved" : "conflict");

    public ValueTask<StoreAnswer<Record>[]> LoadManyAsync(
        IReadOnlyList<RecordKey> wanted, CancellationToken cancellation) => !meter.IsHeard
        ? records.LoadManyAsync(wanted, cancellation)
        : meter.TimeAsync(
            "load_many",
            (records, wanted, cancellation),
            static ask => ask.records.LoadManyAsync(ask.wanted, ask.cancellation),
            static _ => "answered");

    public ValueTask<StoreAnswer<SaveResult>[]> TrySaveManyAsync(
        IReadOnlyList<RecordSave> saves, CancellationToken cancellation) => !meter.IsHeard
        ? records.TrySaveManyAsync(saves, cancellation)
        : meter.TimeAsync(
            "save_many",
            (records, saves, cancellation),
            static ask => ask.records.TrySaveManyAsync(ask.saves, ask.cancellation),
            static _ => "answered");

    public ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation) => !meter.IsHeard
        ? records.SecureAsync(key, version, cancellation)
        : meter.TimeAsync(
            "secure",
            (records, key, version, cancellation),
            static ask => ask.records.SecureAsync(ask.key, ask.version, ask.cancellation),
            static durability => durability is null ? "conflict" : "secured");

    public IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation) =>
        records.ScanAsync(kind, afterId, cancellation);
}
