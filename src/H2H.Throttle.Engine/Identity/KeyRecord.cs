using System.Text;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Identity;

/// <summary>
/// Remembers in the store which key its records were made with, so that no server with another key takes everybody for
/// new. The record never expires: a store without it has lost its records.
/// </summary>
/// <remarks>It holds a hash made with the key, by which the key cannot be found.</remarks>
internal sealed class KeyRecord(IRecordStore store, IdentityHasher hasher)
{
    public static readonly RecordKey Key = new("identity", "key");

    /// <summary>Stands before the key of a store that was closed for its people to get another.</summary>
    private const string ClosedMark = "closed ";

    private bool wasThere;

    /// <summary>What the record is in a store of that key.</summary>
    public static byte[] Of(IdentityHasher hasher) => Encoding.ASCII.GetBytes(hasher.Key);

    private byte[] Closed => Encoding.ASCII.GetBytes(ClosedMark + hasher.Key);

    /// <summary>Makes the record in a store that is new.</summary>
    /// <exception cref="StoreException">The key is another, or the store has lost its records.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        Record record = await store.LoadAsync(Key, cancellation).ConfigureAwait(false);
        if (!record.Exists && wasThere)
        {
            throw new StoreException(
                StoreFailure.Damaged,
                "The store has lost its records, opt-outs among them. Restore a backup, or restart the servers to "
                + "start anew.");
        }

        if (!record.Exists && await TryMakeAsync(cancellation).ConfigureAwait(false) is { } other)
        {
            record = other;
        }

        if (record.Exists && !record.Value.Span.SequenceEqual(Of(hasher)))
        {
            throw record.Value.Span.SequenceEqual(Closed) ? Rotated() : Other();
        }

        wasThere = true;
    }

    /// <summary>
    /// From now on servers of this store refuse every call, as soon as each looks. Doing it twice is no error.
    /// </summary>
    /// <exception cref="StoreException">The store is of another key, or of none.</exception>
    public ValueTask CloseAsync(CancellationToken cancellation) => ReplaceAsync(Of(hasher), Closed, cancellation);

    /// <summary>Takes back that it was closed. Doing it twice is no error.</summary>
    /// <exception cref="StoreException">The store is of another key, or of none.</exception>
    public ValueTask ReopenAsync(CancellationToken cancellation) => ReplaceAsync(Closed, Of(hasher), cancellation);

    private async ValueTask ReplaceAsync(byte[] from, byte[] to, CancellationToken cancellation)
    {
        Record record = await store.LoadAsync(Key, cancellation).ConfigureAwait(false);
        if (record.Exists && record.Value.Span.SequenceEqual(from))
        {
            await store.TrySaveAsync(Key, record.Version, to, null, cancellation).ConfigureAwait(false);
            record = await store.LoadAsync(Key, cancellation).ConfigureAwait(false);
        }

        if (!record.Exists || !record.Value.Span.SequenceEqual(to))
        {
            throw Other();
        }
    }

    private async ValueTask<Record?> TryMakeAsync(CancellationToken cancellation) =>
        await store.TrySaveAsync(Key, RecordVersion.Absent, Of(hasher), null, cancellation).ConfigureAwait(false)
            is SaveResult.Conflict other ? other.Current : null;

    private static StoreException Other() => new(
        StoreFailure.OtherKey,
        "The records of the store were made with another identity key. Give every server a copy of the same "
        + "key file, and name it with Server:IdentityKeyPath.");

    private static StoreException Rotated() => new(
        StoreFailure.OtherKey,
        "The identity key of the store is being rotated, or was: use the store and the key file that h2h store "
        + "rotate-key was told to make. To give that up and use this store again: h2h store reopen.");
}
