namespace H2H.Throttle.Engine.Journals;

/// <summary>A fact at its place in the journal.</summary>
/// <param name="Position">Counts up from 1 without gaps.</param>
/// <param name="Fact">What happened.</param>
/// <param name="Hash">
/// <see cref="JournalChain.Next"/> of the entry before and this fact: changing or removing any earlier entry shows.
/// </param>
public sealed record JournalEntry(long Position, JournalFact Fact, ReadOnlyMemory<byte> Hash);
