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

    public Record? Recall(RecordKey key)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        ObjectDisposedException.ThrowIf(readers.IsClosed, typeof(SqliteStore));
        return cache.Find(key)?.At(RecordTime.Now(clock));
    }

    public async ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Recall(key)
            ?? (await ReadAsync(key, cancellation))?.At(RecordTime.Now(clock))
            ?? Record.Absent;
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
        return await save.WaitAsync();
    }

    /// <summary>What is not in memory is read in one transaction.</summary>
    public async ValueTask<StoreAnswer<Record>[]> LoadManyAsync(
        IReadOnlyList<RecordKey> wanted, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(readers.IsClosed, typeof(SqliteStore));
        long now = RecordTime.Now(clock);
        StoreAnswer<Record>[] answers = new StoreAnswer<Record>[wanted.Count];
        List<(int Place, RecordKey Key, long Ticket)> missing = [];
        for (int i = 0; i < answers.Length; i++)
        {
            if (cache.Find(wanted[i]) is { } stored)
            {
                answers[i] = new(stored.At(now), null);
            }
            else
            {
                missing.Add((i, wanted[i], cache.TakeTicket(wanted[i])));
            }
        }

        if (missing.Count > 0)
        {
            await ReadAsync(missing, answers, now, cancellation);
        }

        return answers;
    }

    /// <summary>All in one commit; should there be no room for all, each by itself.</summary>
    public async ValueTask<StoreAnswer<SaveResult>[]> TrySaveManyAsync(
        IReadOnlyList<RecordSave> saves, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (RecordSave save in saves)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(
                save.Value.Length, IRecordStore.ValueBytesMax, nameof(saves));
        }

        try
        {
            PendingSaves pending = new([.. saves], clock, cancellation);
            writer.Enqueue(pending);
            SaveResult[] results = await pending.WaitAsync();
            return Array.ConvertAll(results, static result => new StoreAnswer<SaveResult>(result, null));
        }
        catch (StoreException failure) when (saves.Count == 1 || failure.Failure is not StoreFailure.Full)
        {
            return [.. saves.Select(_ => new StoreAnswer<SaveResult>(null, failure))];
        }
        catch (StoreException)
        {
            StoreAnswer<SaveResult>[] answers = new StoreAnswer<SaveResult>[saves.Count];
            for (int i = 0; i < answers.Length; i++)
            {
                answers[i] = await TrySaveAloneAsync(saves[i], cancellation);
            }

            return answers;
        }
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

    public ValueTask<long> CountAsync(CancellationToken cancellation) => readers.ReadAsync(
        clock, static (reader, clock) => reader.CountRecords(RecordTime.Now(clock)), cancellation);

    private async ValueTask<StoreAnswer<SaveResult>> TrySaveAloneAsync(RecordSave save, CancellationToken cancellation)
    {
        try
        {
            return new(
                await TrySaveAsync(save.Key, save.Expected, save.Value, save.Expires, cancellation), null);
        }
        catch (StoreException failure)
        {
            return new(null, failure);
        }
    }

    private async ValueTask ReadAsync(
        List<(int Place, RecordKey Key, long Ticket)> missing,
        StoreAnswer<Record>[] answers,
        long now,
        CancellationToken cancellation)
    {
        StoredRecord?[] read;
        try
        {
            read = await readers.ReadAsync(
                missing,
                static (reader, missing) => reader.Load(missing.ConvertAll(static one => one.Key)),
                cancellation);
        }
        catch (StoreException failure)
        {
            missing.ForEach(one => answers[one.Place] = new(null, failure));
            return;
        }

        for (int i = 0; i < read.Length; i++)
        {
            answers[missing[i].Place] = new(read[i]?.At(now) ?? Record.Absent, null);
            if (read[i] is { } stored)
            {
                cache.Offer(missing[i].Key, stored, missing[i].Ticket);
            }
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
