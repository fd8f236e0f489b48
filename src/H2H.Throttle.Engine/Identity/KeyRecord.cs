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
    private static readonly RecordKey Key = new("identity", "key");

    private bool wasThere;

    /// <summary>Makes the record in a store that is new.</summary>
    /// <exception cref="StoreException">The key is another, or the store has lost its records.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        byte[] mine = Encoding.ASCII.GetBytes(hasher.Key);
        Record record = await store.LoadAsync(Key, cancellation).ConfigureAwait(false);
        if (!record.Exists && wasThere)
        {
            throw new StoreException(
                StoreFailure.Damaged,
                "The store has lost its records, opt-outs among them. Restore a backup, or restart the servers to "
                + "start anew.");
        }

        if (!record.Exists && await TryMakeAsync(mine, cancellation).ConfigureAwait(false) is { } other)
        {
            record = other;
        }

        if (record.Exists && !record.Value.Span.SequenceEqual(mine))
        {
            throw new StoreException(
                StoreFailure.OtherKey,
                "The records of the store were made with another identity key. Give every server a copy of the same "
                + "key file, and name it with Server:IdentityKeyPath.");
        }

        wasThere = true;
    }

    private async ValueTask<Record?> TryMakeAsync(byte[] mine, CancellationToken cancellation) =>
        await store.TrySaveAsync(Key, RecordVersion.Absent, mine, null, cancellation).ConfigureAwait(false)
            is SaveResult.Conflict other ? other.Current : null;
}
