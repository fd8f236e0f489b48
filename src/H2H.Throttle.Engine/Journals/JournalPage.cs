using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Journals;

/// <summary>A part of the journal.</summary>
/// <param name="Entries">Those that were wanted, in the order that was; maybe none although there are more.</param>
/// <param name="Next">Where to go on; null: there is no more.</param>
public sealed record JournalPage(ImmutableArray<JournalEntry> Entries, string? Next);
