using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>That two people were joined.</summary>
/// <param name="Id">Which merge; the journal names it so.</param>
/// <param name="Person">The one they are now.</param>
/// <param name="UndoableUntil">When it becomes too late to undo it.</param>
public sealed record Merge(string Id, NamedPerson Person, Instant UndoableUntil);
