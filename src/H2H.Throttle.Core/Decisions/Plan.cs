using System.Collections.Immutable;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Where several contacts of one person are placed.</summary>
/// <param name="Placements">
/// First those that are placed, in the order in which to reserve them; then those that are left out. Each the most
/// important first.
/// </param>
/// <param name="MayBeBeaten">
/// Whether a better one may exist: the search ended at its bound before all ways to place them were looked at, or it
/// depends on the order in which they are reserved what rules make of them, and one order alone was looked at.
/// </param>
public sealed record Plan(ImmutableArray<Placement> Placements, bool MayBeBeaten);
