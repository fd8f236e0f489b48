using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Archives;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Tests.Archives;

/// <summary>A store that fails after so many records.</summary>
internal sealed class BrokenContent(IContent whole, int recordsMax) : IContent
{
    public ValueTask<long> CountAsync(CancellationToken cancellation) => whole.CountAsync(cancellation);

    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        int listed = 0;
        await foreach (KeptRecord kept in whole.ListAsync(cancellation))
        {
            if (listed++ == recordsMax)
            {
                throw new StoreException(StoreFailure.Unavailable, "The line was cut.");
            }

            yield return kept;
        }
    }

    public IAsyncEnumerable<JournalEntry> ReadJournalAsync(CancellationToken cancellation) =>
        whole.ReadJournalAsync(cancellation);
}
