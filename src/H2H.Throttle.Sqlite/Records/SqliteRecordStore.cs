using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Reading;
using H2H.Throttle.Sqlite.Writing;
using NodaTime;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>The records of a store: read at once, saved with the next commit.</summary>
/// <remarks>A save that would wait in too long a queue is refused as <see cref="StoreFailure.Unavailable"/>.</remarks>
internal sealed class SqliteRecordStore(RecordCache cache, Readers readers, Writer writer, TimeProvider clock)
    : IRecordStore, IRecordCatalog
{
    public bool IsInProcess => true;

    public async ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(readers.IsClosed, typeof(SqliteStore));
        StoredRecord? stored = cache.Find(key) ?? await ReadAsync(key, cancellation);
        return stored?.At(RecordTime.Now(clock)) ?? Record.Absent;
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, IRecordStore.ValueBytesMax, nameof(value));
        cancellation.ThrowIfCancellationRequested();

        // Copied, because a caller that gave up waiting may use its buffer again while the save is still to come.
        PendingSave save = new(key, expected, value.ToArray(), expires?.ToUnixTimeTicks(), clock, cancellation);
        writer.Enqueue(save);
        return await save.Done;
    }

    /// <summary>What is committed is on the disk.</summary>
    public async ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation)
    {
        Record current = await LoadAsync(key, cancellation);
        return current.Version == version ? Durability.Disk : null;
    }

    public async IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string after = afterId ?? "";
        while (true)
        {
            List<KeyValuePair<RecordKey, Record>> page = await readers.ReadAsync(
                (kind, after, clock),
                static (reader, ask) => reader.ScanPage(ask.kind, ask.after, RecordTime.Now(ask.clock)),
                cancellation);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (KeyValuePair<RecordKey, Record> record in page)
            {
                yield return record;
            }

            after = page[^1].Key.Id;
        }
    }

    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        (string kind, string id) = ("", "");
        while (true)
        {
            List<KeptRecord> page = await readers.ReadAsync(
                (kind, id, clock),
                static (reader, ask) => reader.ListPage(ask.kind, ask.id, RecordTime.Now(ask.clock)),
                cancellation);
            if (page.Count == 0)
            {
                yield break;
            }

            foreach (KeptRecord kept in page)
            {
                yield return kept;
            }

            (kind, id) = (page[^1].Key.Kind, page[^1].Key.Id);
        }
    }

    private async ValueTask<StoredRecord?> ReadAsync(RecordKey key, CancellationToken cancellation)
    {
        long ticket = cache.TakeTicket(key);
        StoredRecord? read = await readers.ReadAsync(key, static (reader, key) => reader.Load(key), cancellation);
        if (read is not null)
        {
            cache.Offer(key, read, ticket);
        }

        return read;
    }
}
