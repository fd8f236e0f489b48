using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Archives;

/// <summary>A store, whole, as it can be copied from and to.</summary>
public sealed record StorePorts(IRecordStore Records, IRecordCatalog Catalog, IJournal Journal) : IContent
{
    public async ValueTask<long> CountAsync(CancellationToken cancellation)
    {
        JournalEntry? last = await Journal.ReadLastAsync(cancellation).ConfigureAwait(false);
        return await Catalog.CountAsync(cancellation).ConfigureAwait(false) + (last?.Position ?? 0);
    }

    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (KeptRecord kept in Catalog.ListAsync(cancellation).ConfigureAwait(false))
        {
            if (kept.Key.Kind != CopyMark.Kind)
            {
                yield return kept;
            }
        }
    }

    public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page = [];
        do
        {
            long after = page.Count == 0 ? 0 : page[^1].Position;
            page = await Journal.ReadAsync(after, IJournal.ReadMax, cancellation).ConfigureAwait(false);
            foreach (JournalEntry entry in page)
            {
                yield return entry;
            }
        }
        while (page.Count > 0);
    }
}
