using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Journals;

/// <summary>How far a verification is.</summary>
/// <param name="Entries">How many entries were followed.</param>
/// <param name="Of">The last position there was when it began, so about how many there are.</param>
/// <param name="IsDone">All were, or so much is wrong that it gave up.</param>
/// <param name="Head">The last that was followed, to be written down; null: none was.</param>
/// <param name="Faults">What is wrong so far; empty: nothing.</param>
public sealed record ChainProgress(
    long Entries, long Of, bool IsDone, JournalMark? Head, ImmutableArray<ChainFault> Faults);
