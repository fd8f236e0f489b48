using NodaTime;

namespace H2H.Throttle.Engine.Records;

/// <summary>One save of several; see <see cref="IRecordStore.TrySaveAsync"/>.</summary>
/// <param name="Key">The record.</param>
/// <param name="Expected">The version to replace; <see cref="RecordVersion.Absent"/> to create.</param>
/// <param name="Value">Not to be changed before the answer, nor after a cancelled wait.</param>
/// <param name="Expires">From this instant on the record is absent; null keeps it for good.</param>
public readonly record struct RecordSave(
    RecordKey Key, RecordVersion Expected, ReadOnlyMemory<byte> Value, Instant? Expires);
