using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Archives;

/// <summary>Copies everything into a store: records with their expiry, and the journal with its chain.</summary>
/// <remarks>
/// Nobody may use either meanwhile. A copy that was interrupted is gone on with by asking for it again: what is there
/// already is not written twice. The chain comes out the same because the same facts are appended in the same order.
/// </remarks>
public static class Transfer
{
    private const int SavesAtOnce = 64;
    private const int FactsAtOnce = 200;
    private const int SaveTriesMax = 8;

    /// <param name="from">What to copy.</param>
    /// <param name="to">Where to.</param>
    /// <param name="overwrite">Whether the store may hold something else that is then written over.</param>
    /// <param name="now">Records that expired before are left out.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="cancellation">Interrupts.</param>
    /// <exception cref="TransferException">The store is not empty, or has a history of its own.</exception>
    public static async Task IntoAsync(
        IContent from, StorePorts to, bool overwrite, Instant now, TransferTally tally, CancellationToken cancellation)
    {
        CopyMark mark = new(to.Records);
        byte[] source = await CopyMark.OfAsync(from, cancellation).ConfigureAwait(false);
        bool mayWrite = overwrite || await mark.IsSetAsync(source, cancellation).ConfigureAwait(false);
        if (!mayWrite && !await IsEmptyAsync(to, cancellation).ConfigureAwait(false))
        {
            throw new TransferException(
                "The store to write to is not empty. Name an empty one, or say --overwrite to write over it.");
        }

        await mark.SetAsync(source, cancellation).ConfigureAwait(false);
        await CopyJournalAsync(from, to, tally, cancellation).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            from.ListAsync(cancellation),
            new ParallelOptions { MaxDegreeOfParallelism = SavesAtOnce, CancellationToken = cancellation },
            async (kept, stop) =>
            {
                await SaveAsync(kept, to.Records, now, stop).ConfigureAwait(false);
                tally.AddRecord();
            }).ConfigureAwait(false);
        await mark.ClearAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<bool> IsEmptyAsync(StorePorts store, CancellationToken cancellation)
    {
        await foreach (KeptRecord _ in store.ListAsync(cancellation).ConfigureAwait(false))
        {
            return false;
        }

        return (await store.Journal.ReadAsync(0, 1, cancellation).ConfigureAwait(false)).Count == 0;
    }

    private static async Task SaveAsync(
        KeptRecord kept, IRecordStore records, Instant now, CancellationToken cancellation)
    {
        if (kept.Expires <= now)
        {
            return;
        }

        RecordVersion expected = RecordVersion.Absent;
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            SaveResult result = await records
                .TrySaveAsync(kept.Key, expected, kept.Value, kept.Expires, cancellation).ConfigureAwait(false);
            if (result is not SaveResult.Conflict { Current: { } current }
                || current.Value.Span.SequenceEqual(kept.Value.Span))
            {
                return;
            }

            expected = current.Version;
        }

        throw new TransferException("Somebody else writes to the store. Stop the servers that use it, and go on.");
    }

    private static async Task CopyJournalAsync(
        IContent from, StorePorts to, TransferTally tally, CancellationToken cancellation)
    {
        IAsyncEnumerator<JournalEntry> there = to.ReadJournalAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using (there.ConfigureAwait(false))
        {
            bool isThere = true;
            List<JournalEntry> batch = [];
            await foreach (JournalEntry entry in from.ReadJournalAsync(cancellation).ConfigureAwait(false))
            {
                isThere = isThere && await there.MoveNextAsync().ConfigureAwait(false);
                if (isThere)
                {
                    Require(there.Current.Hash.Span.SequenceEqual(entry.Hash.Span), entry.Position);
                    tally.AddEntries(1);
                    continue;
                }

                batch.Add(entry);
                if (batch.Count == FactsAtOnce)
                {
                    await AppendAsync(batch, to, tally, cancellation).ConfigureAwait(false);
                }
            }

            await AppendAsync(batch, to, tally, cancellation).ConfigureAwait(false);
            Require(!isThere || !await there.MoveNextAsync().ConfigureAwait(false), tally.Entries + 1);
        }
    }

    private static async Task AppendAsync(
        List<JournalEntry> batch, StorePorts to, TransferTally tally, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return;
        }

        long position = await to.Journal
            .AppendAsync([.. batch.Select(static entry => entry.Fact)], cancellation).ConfigureAwait(false);
        Require(position == batch[^1].Position, batch[^1].Position);
        tally.AddEntries(batch.Count);
        batch.Clear();
    }

    private static void Require(bool isSame, long position)
    {
        if (!isSame)
        {
            throw new TransferException(
                $"The journal of the store to write to tells another history, from entry {position} on. It cannot be "
                + "written over: name an empty store; for Redis another key prefix makes one.");
        }
    }
}
