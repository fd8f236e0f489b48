using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Lets one change of who is who be made at a time, on all servers together.</summary>
/// <remarks>
/// So nobody is joined in a circle, and to nobody who is being joined to somebody else. Whoever finds a change that
/// another has begun ends it first; so one that was broken off stands in nobody's way.
/// </remarks>
internal sealed class MergeTurn(IRecordStore records, ThrottleOptions options)
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Makes a change, alone.</summary>
    /// <param name="change">What is about to be made.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="end">Ends what another has begun, one way or the other.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<TResult> TakeAsync<TResult>(
        PendingChange change,
        Func<ValueTask<TResult>> make,
        Func<PendingChange, ValueTask> end,
        CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            RecordVersion mine = await BeginAsync(change, end, cancellation).ConfigureAwait(false);
            TResult result;
            try
            {
                result = await make().ConfigureAwait(false);
            }
            catch (RequestException)
            {
                await end(change).ConfigureAwait(false);
                await FreeAsync(mine, cancellation).ConfigureAwait(false);
                throw;
            }

            await FreeAsync(mine, cancellation).ConfigureAwait(false);
            return result;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Ends what a server left that died. To be called when an engine gets ready.</summary>
    public async ValueTask EndLeftAsync(Func<PendingChange, ValueTask> end, CancellationToken cancellation)
    {
        Record record = await records.LoadAsync(PendingChange.Key, cancellation).ConfigureAwait(false);
        PendingChange left = PendingChange.Read(record);
        if (left.Id.Length > 0)
        {
            await end(left).ConfigureAwait(false);
            await FreeAsync(record.Version, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Whether nobody else has ended the change meanwhile.</summary>
    public async ValueTask<bool> IsStillAsync(PendingChange change, CancellationToken cancellation) =>
        PendingChange.Read(await records.LoadAsync(PendingChange.Key, cancellation).ConfigureAwait(false)) == change;

    private async ValueTask<RecordVersion> BeginAsync(
        PendingChange change, Func<PendingChange, ValueTask> end, CancellationToken cancellation)
    {
        Record current = await records.LoadAsync(PendingChange.Key, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < options.SaveTriesMax; tries++)
        {
            PendingChange other = PendingChange.Read(current);
            if (other.Id.Length > 0)
            {
                await end(other).ConfigureAwait(false);
            }

            switch (await records
                .TrySaveAsync(PendingChange.Key, current.Version, change.Write(), null, cancellation)
                .ConfigureAwait(false))
            {
                case SaveResult.Saved saved:
                    return saved.Version;
                case SaveResult.Conflict conflict:
                    current = conflict.Current;
                    break;
            }

            if (Rivalry.IsStuck(tries + 1))
            {
                await Rivalry.StepAsideAsync(tries + 1, cancellation).ConfigureAwait(false);
                current = await records.LoadAsync(PendingChange.Key, cancellation).ConfigureAwait(false);
            }
        }

        throw Contended();
    }

    // If it is somebody else's turn by now, they have ended this one.
    private async ValueTask FreeAsync(RecordVersion mine, CancellationToken cancellation) => await records
        .TrySaveAsync(PendingChange.Key, mine, PendingChange.None.Write(), null, cancellation).ConfigureAwait(false);

    public static RequestException Contended() => new(
        ProblemReason.Contended, "",
        "Too many callers changed who is who at once; nothing was changed. Repeat the call.");
}
