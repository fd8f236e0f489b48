using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Memory;

/// <summary>Records in memory.</summary>
internal sealed class MemoryRecords(MemoryDisk disk, TimeProvider clock) : IRecordStore, IDisposable
{
    private bool isClosed;

    public bool IsInProcess => true;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            return new(Load(key));
        }
    }

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, IRecordStore.ValueBytesMax, nameof(value));
        cancellation.ThrowIfCancellationRequested();
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            Record current = Load(key);
            if (current.Version != expected)
            {
                return new(new SaveResult.Conflict(current));
            }

            Record saved = new(new RecordVersion(++disk.LastVersion), value.ToArray());
            disk.Records[key] = (saved, expires);
            return new(new SaveResult.Saved(saved.Version));
        }
    }

    /// <summary>What is saved is on the simulated disk at once.</summary>
    public async ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation) =>
        (await LoadAsync(key, cancellation)).Version == version ? Durability.Disk : null;

    public async IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        KeyValuePair<RecordKey, Record>[] found;
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            found =
            [
                .. disk.Records.Keys
                    .Where(key => key.Kind == kind && string.CompareOrdinal(key.Id, afterId) > 0)
                    .Select(key => KeyValuePair.Create(key, Load(key)))
                    .Where(static record => record.Value.Exists),
            ];
        }

        foreach (KeyValuePair<RecordKey, Record> record in found)
        {
            yield return record;
        }
    }

    public void Dispose()
    {
        lock (disk.Gate)
        {
            isClosed = true;
        }
    }

    private Record Load(RecordKey key) =>
        disk.Records.TryGetValue(key, out (Record Record, Instant? Expires) kept)
            && !(kept.Expires <= Instant.FromDateTimeOffset(clock.GetUtcNow()))
            ? kept.Record
            : Record.Absent;
}
