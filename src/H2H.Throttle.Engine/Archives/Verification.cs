using System.Collections.Immutable;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Archives;

/// <summary>
/// Compares two contents record by record and entry by entry, and the chain of the journal with itself.
/// </summary>
public static class Verification
{
    private const int FaultsMax = 20;
    private static readonly Duration ExpiryMax = Duration.FromSeconds(2);   // Redis tells a time left, not an instant

    /// <summary>What differs, in words; empty: they are the same. Ends after the first few.</summary>
    /// <param name="from">What was copied.</param>
    /// <param name="to">What it was copied to.</param>
    /// <param name="now">What expired before need not be there.</param>
    /// <param name="tally">Counts what was compared.</param>
    /// <param name="cancellation">Interrupts.</param>
    public static async Task<ImmutableArray<string>> CompareAsync(
        IContent from, IContent to, Instant now, TransferTally tally, CancellationToken cancellation)
    {
        ImmutableArray<string>.Builder faults = ImmutableArray.CreateBuilder<string>();
        await CompareRecordsAsync(from, to, now, faults, tally, cancellation).ConfigureAwait(false);
        await CompareJournalsAsync(from, to, faults, tally, cancellation).ConfigureAwait(false);
        return faults.ToImmutable();
    }

    private static async Task CompareRecordsAsync(
        IContent from,
        IContent to,
        Instant now,
        ImmutableArray<string>.Builder faults,
        TransferTally tally,
        CancellationToken cancellation)
    {
        IAsyncEnumerator<KeptRecord> there = to.ListAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using (there.ConfigureAwait(false))
        {
            KeptRecord? other = await NextAsync(there).ConfigureAwait(false);
            await foreach (KeptRecord kept in from.ListAsync(cancellation).ConfigureAwait(false))
            {
                while (other is not null && Compare(other.Key, kept.Key) < 0 && faults.Count < FaultsMax)
                {
                    faults.Add($"{other.Key} is in the copy alone.");
                    other = await NextAsync(there).ConfigureAwait(false);
                }

                bool isSame = other is not null && other.Key == kept.Key;
                if (isSame || !(kept.Expires <= now + ExpiryMax))
                {
                    AddFault(kept, isSame ? other : null, faults);
                }

                other = isSame ? await NextAsync(there).ConfigureAwait(false) : other;
                tally.AddRecord();
                if (faults.Count >= FaultsMax)
                {
                    return;
                }
            }

            if (other is not null)
            {
                faults.Add($"{other.Key} is in the copy alone.");
            }
        }
    }

    private static void AddFault(KeptRecord kept, KeptRecord? other, ImmutableArray<string>.Builder faults)
    {
        if (other is null)
        {
            faults.Add($"{kept.Key} is missing from the copy.");
        }
        else if (!other.Value.Span.SequenceEqual(kept.Value.Span))
        {
            faults.Add($"{kept.Key} differs.");
        }
        else if (!IsAbout(kept.Expires, other.Expires))
        {
            faults.Add($"{kept.Key} expires at another time.");
        }
    }

    /// <summary>Adds where two journals differ first, or where the chain of one breaks.</summary>
    internal static async Task CompareJournalsAsync(
        IContent from,
        IContent to,
        ImmutableArray<string>.Builder faults,
        TransferTally tally,
        CancellationToken cancellation)
    {
        IAsyncEnumerator<JournalEntry> there = to.ReadJournalAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using (there.ConfigureAwait(false))
        {
            ReadOnlyMemory<byte> hash = JournalChain.Root;
            await foreach (JournalEntry entry in from.ReadJournalAsync(cancellation).ConfigureAwait(false))
            {
                hash = JournalChain.Next(hash, entry.Fact);
                bool isChained = hash.Span.SequenceEqual(entry.Hash.Span);
                bool isThere = await there.MoveNextAsync().ConfigureAwait(false);
                if (!isChained || !isThere || !there.Current.Hash.Span.SequenceEqual(hash.Span))
                {
                    faults.Add(!isChained ? $"Entry {entry.Position} of the source's journal breaks its chain."
                        : isThere ? $"Entry {entry.Position} of the journal differs."
                        : $"Entry {entry.Position} of the journal is missing from the copy.");
                    return;
                }

                tally.AddEntries(1);
            }

            if (await there.MoveNextAsync().ConfigureAwait(false))
            {
                faults.Add($"Entry {there.Current.Position} of the journal is in the copy alone.");
            }
        }
    }

    private static async ValueTask<KeptRecord?> NextAsync(IAsyncEnumerator<KeptRecord> records) =>
        await records.MoveNextAsync().ConfigureAwait(false) ? records.Current : null;

    private static int Compare(RecordKey one, RecordKey other)
    {
        int byKind = string.CompareOrdinal(one.Kind, other.Kind);
        return byKind != 0 ? byKind : string.CompareOrdinal(one.Id, other.Id);
    }

    private static bool IsAbout(Instant? one, Instant? other) =>
        one is { } first && other is { } second
            ? first - second <= ExpiryMax && second - first <= ExpiryMax
            : one == other;
}
