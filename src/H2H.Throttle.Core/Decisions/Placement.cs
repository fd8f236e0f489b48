using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Where a plan puts one contact.</summary>
/// <param name="Index">Its place among those that were to be planned.</param>
/// <param name="At">When it is to be made; null: it does not fit.</param>
/// <param name="AtStart">
/// If it does not fit: the decision for the start of the plan, given what was placed before; null if it fits.
/// </param>
public sealed record Placement(int Index, Instant? At, Decision? AtStart);
