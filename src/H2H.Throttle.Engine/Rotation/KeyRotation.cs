using System.Collections.Immutable;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>
/// Brings everything in a store under a new identity key, in another store: nobody's name is needed, and nobody is
/// left out.
/// </summary>
/// <remarks>
/// The old store is closed first, so that no server goes on with it unnoticed, and stays whole: until the new one is
/// used, <see cref="ReopenAsync"/> takes everything back. Interrupted, all of it may be done again.
/// </remarks>
public sealed class KeyRotation
{
    private const int LoadsAtOnce = 200;
    private const int FactsAtOnce = 200;
    private const int FaultsMax = 20;
    private static readonly Duration ExpiringSoon = Duration.FromSeconds(2);

    private readonly StorePorts from;
    private readonly StorePorts to;
    private readonly IdentityHasher before;
    private readonly IdentityHasher after;

    /// <param name="from">The store.</param>
    /// <param name="to">Another, empty or with what an interrupted rotation brought there.</param>
    /// <param name="before">With the keys of the store.</param>
    /// <param name="after">With one key more.</param>
    /// <exception cref="ArgumentException">These keys do not begin with those.</exception>
    public KeyRotation(StorePorts from, StorePorts to, IdentityHasher before, IdentityHasher after)
    {
        if (after.Generation <= before.Generation || after.KeyOf(before.Generation) != before.Key)
        {
            throw new ArgumentException("The new keys do not begin with the old ones.", nameof(after));
        }

        (this.from, this.to, this.before, this.after) = (from, to, before, after);
    }

    /// <summary>
    /// Closes the store. Servers that still run notice within their <c>Server:StoreWatchMs</c>; only then copy.
    /// </summary>
    /// <exception cref="StoreException">The store fails, or was made with another key.</exception>
    public ValueTask CloseAsync(CancellationToken cancellation) =>
        new KeyRecord(from.Records, before).CloseAsync(cancellation);

    /// <summary>Gives the rotation up: the store may be used as before.</summary>
    /// <exception cref="StoreException">The store fails, or was made with another key.</exception>
    public static ValueTask ReopenAsync(StorePorts store, IdentityHasher hasher, CancellationToken cancellation) =>
        new KeyRecord(store.Records, hasher).ReopenAsync(cancellation);

    /// <summary>Copies everything, or goes on with that.</summary>
    /// <param name="now">Of the fact in the journal; records that expired before are left out.</param>
    /// <param name="tally">Counts.</param>
    /// <param name="cancellation">Interrupts.</param>
    /// <exception cref="TransferException">The other store is not empty, or has a history of its own.</exception>
    public async Task CopyAsync(Instant now, TransferTally tally, CancellationToken cancellation)
    {
        await TellAsync(cancellation).ConfigureAwait(false);
        IContent content = await ContentAsync(now, cancellation).ConfigureAwait(false);
        await Transfer.IntoAsync(content, to, overwrite: false, now, tally, cancellation).ConfigureAwait(false);
    }

    /// <summary>What is otherwise in the new store than the old store demands, in words; empty: nothing.</summary>
    /// <param name="now">What expired before need not be there.</param>
    /// <param name="tally">Counts what was compared.</param>
    /// <param name="cancellation">Interrupts.</param>
    public async Task<ImmutableArray<string>> VerifyAsync(
        Instant now, TransferTally tally, CancellationToken cancellation)
    {
        IContent content = await ContentAsync(now, cancellation).ConfigureAwait(false);
        ImmutableArray<string>.Builder faults = ImmutableArray.CreateBuilder<string>();
        await CompareRecordsAsync(content, now, faults, tally, cancellation).ConfigureAwait(false);
        await Verification.CompareJournalsAsync(content, to, faults, tally, cancellation).ConfigureAwait(false);
        return faults.ToImmutable();
    }

    /// <summary>Sees that the old journal has what waits in people's records for it: they bring none over.</summary>
    private async Task TellAsync(CancellationToken cancellation)
    {
        List<JournalFact> waiting = [];
        await foreach (KeptRecord kept in from.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (kept.Key.Kind == PersonStore.Kind)
            {
                waiting.AddRange(PersonCodec.Read(kept.Value).Outbox);
            }

            if (waiting.Count >= FactsAtOnce)
            {
                await from.Journal.AppendAsync(waiting, cancellation).ConfigureAwait(false);
                waiting.Clear();
            }
        }

        if (waiting.Count > 0)
        {
            await from.Journal.AppendAsync(waiting, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<IContent> ContentAsync(Instant now, CancellationToken cancellation)
    {
        JournalEntry? last = await to.Journal.ReadLastAsync(cancellation).ConfigureAwait(false);
        bool isTold = last?.Fact.Id == RotationFacts.Of(after, before.Generation, now).Id;
        return new RotatedContent(from, after, before.Generation, isTold ? last!.Fact.At : now);
    }

    private async Task CompareRecordsAsync(
        IContent content,
        Instant now,
        ImmutableArray<string>.Builder faults,
        TransferTally tally,
        CancellationToken cancellation)
    {
        List<KeptRecord> batch = [];
        await foreach (KeptRecord kept in content.ListAsync(cancellation).ConfigureAwait(false))
        {
            batch.Add(kept);
            if (batch.Count == LoadsAtOnce)
            {
                await CompareAsync(batch, now, faults, tally, cancellation).ConfigureAwait(false);
            }
        }

        await CompareAsync(batch, now, faults, tally, cancellation).ConfigureAwait(false);
        long there = 0;
        await foreach (KeptRecord _ in to.ListAsync(cancellation).ConfigureAwait(false))
        {
            there++;
        }

        if (there > tally.Records)
        {
            faults.Add($"The new store has {there - tally.Records} records that are none of the old one's.");
        }
    }

    private async Task CompareAsync(
        List<KeptRecord> batch,
        Instant now,
        ImmutableArray<string>.Builder faults,
        TransferTally tally,
        CancellationToken cancellation)
    {
        StoreAnswer<Record>[] there = await to.Records
            .LoadManyAsync([.. batch.Select(static kept => kept.Key)], cancellation).ConfigureAwait(false);
        for (int i = 0; i < batch.Count; i++)
        {
            KeptRecord kept = batch[i];
            Record record = there[i].Value ?? throw there[i].Failure!;
            bool isSame = record.Exists && record.Value.Span.SequenceEqual(kept.Value.Span);
            if (!isSame && !(kept.Expires <= now + ExpiringSoon) && faults.Count < FaultsMax)
            {
                faults.Add($"{kept.Key} {(record.Exists ? "differs" : "is missing")} in the new store.");
            }

            tally.AddRecord();
        }

        batch.Clear();
    }
}
