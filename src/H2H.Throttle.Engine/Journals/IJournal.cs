namespace H2H.Throttle.Engine.Journals;

/// <summary>An append-only, ordered, hash-chained list of facts. Safe from any thread.</summary>
/// <remarks>Every store passes <c>JournalConformance</c> and throws only what a record store throws.</remarks>
public interface IJournal
{
    /// <summary>The most entries that one read answers with.</summary>
    public const int ReadMax = 1000;

    /// <summary>
    /// Appends the facts in order, all or none, and answers with the position of the last. A fact whose id is already
    /// there is not appended again. When this returns, the facts survive a killed process.
    /// </summary>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation);

    /// <summary>
    /// At most <paramref name="max"/> entries after <paramref name="position"/> (0: from the first), in order.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="max"/> is not in 1…<see cref="ReadMax"/>.
    /// </exception>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(long position, int max, CancellationToken cancellation);

    /// <summary>The last entry; null: there is none.</summary>
    ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation);

    /// <summary>Every entry after <paramref name="position"/>, those to come included, until cancelled.</summary>
    IAsyncEnumerable<JournalEntry> WatchAsync(long position, CancellationToken cancellation);
}
