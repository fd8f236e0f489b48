using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Lists;

/// <summary>The shelf's record: read whole, changed by compare-and-set.</summary>
internal sealed class ShelfStore(IRecordStore records)
{
    private const int TriesMax = 64;

    public async ValueTask<(RecordVersion Version, ShelfRecord Shelf)> LoadAsync(CancellationToken cancellation)
    {
        Record record = await records.LoadAsync(ShelfRecord.Key, cancellation).ConfigureAwait(false);
        return (record.Version, ShelfRecord.Read(record));
    }

    /// <returns>False: somebody else was quicker, and nothing was changed.</returns>
    public async ValueTask<bool> TrySaveAsync(
        RecordVersion expected, ShelfRecord shelf, CancellationToken cancellation) =>
        await records.TrySaveAsync(ShelfRecord.Key, expected, shelf.Write(), null, cancellation).ConfigureAwait(false)
            is SaveResult.Saved;

    /// <summary>Changes what is there, whatever it is by then.</summary>
    /// <param name="change">May run several times; what it answers with unchanged is not saved.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    /// <exception cref="RequestException">Others kept being quicker.</exception>
    public async ValueTask ChangeAsync(Func<ShelfRecord, ShelfRecord> change, CancellationToken cancellation)
    {
        for (int tries = 0; tries < TriesMax; tries++)
        {
            (RecordVersion version, ShelfRecord shelf) = await LoadAsync(cancellation).ConfigureAwait(false);
            ShelfRecord changed = change(shelf);
            if (ReferenceEquals(changed, shelf)
                || await TrySaveAsync(version, changed, cancellation).ConfigureAwait(false))
            {
                return;
            }
        }

        throw Contended();
    }

    public static RequestException Contended() => new(
        ProblemReason.Contended,
        "",
        "Others kept changing suppression lists at the same time; nothing was changed. Repeat the call.");
}
