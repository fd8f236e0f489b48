using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>A journal at the other end of a line.</summary>
internal sealed class LinkedJournal(IJournal far, Link link) : IJournal
{
    public ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation) =>
        link.CarryAsync(() => far.AppendAsync(facts, cancellation));

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        long position, int max, CancellationToken cancellation) => far.ReadAsync(position, max, cancellation);

    public ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation) => far.ReadLastAsync(cancellation);

    public IAsyncEnumerable<JournalEntry> WatchAsync(long position, CancellationToken cancellation) =>
        far.WatchAsync(position, cancellation);
}
