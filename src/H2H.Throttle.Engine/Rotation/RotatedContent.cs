using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>What a store would hold had its records been made with the newest key. Records come in no order.</summary>
/// <remarks>
/// The journal stays as it is, or its chain would break, and ends with the fact that the key was rotated.
/// </remarks>
/// <param name="from">The store.</param>
/// <param name="hasher">Has all keys.</param>
/// <param name="generation">Of the store.</param>
/// <param name="at">When it is rotated, as the journal tells.</param>
internal sealed class RotatedContent(IContent from, IdentityHasher hasher, int generation, Instant at) : IContent
{
    private readonly RecordRotation records = new(hasher, generation);

    public async ValueTask<long> CountAsync(CancellationToken cancellation) =>
        await from.CountAsync(cancellation).ConfigureAwait(false) + 1;

    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (KeptRecord kept in from.ListAsync(cancellation).ConfigureAwait(false))
        {
            yield return records.Of(kept);
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        (long position, ReadOnlyMemory<byte> hash) = (0, JournalChain.Root);
        await foreach (JournalEntry entry in from.ReadJournalAsync(cancellation).ConfigureAwait(false))
        {
            (position, hash) = (entry.Position, entry.Hash);
            yield return entry;
        }

        JournalFact fact = RotationFacts.Of(hasher, generation, at);
        yield return new JournalEntry(position + 1, fact, JournalChain.Next(hash, fact));
    }
}
