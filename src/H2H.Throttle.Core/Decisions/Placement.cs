using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Where a plan puts one contact.</summary>
/// <param name="Index">Its place among those that were to be planned.</param>
/// <param name="At">When it is to be made; null: it is left out.</param>
/// <param name="AtStart">
/// If it is left out: the decision for the start of the plan, given all that are placed; null if it is placed.
/// </param>
/// <param name="Cautions">What rules had to leave open to place it; empty if it is left out.</param>
public sealed record Placement(int Index, Instant? At, Decision? AtStart, ImmutableArray<Reason> Cautions);
