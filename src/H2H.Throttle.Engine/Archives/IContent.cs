using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Archives;

/// <summary>What there is to copy: a store, or a backup of one.</summary>
public interface IContent
{
    /// <summary>How many records and entries there are, about.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellation);

    /// <summary>As <see cref="IRecordCatalog.ListAsync"/>.</summary>
    IAsyncEnumerable<KeptRecord> ListAsync(CancellationToken cancellation);

    /// <summary>The whole journal, in order.</summary>
    IAsyncEnumerable<JournalEntry> ReadJournalAsync(CancellationToken cancellation);
}
