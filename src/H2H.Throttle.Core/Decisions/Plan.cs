using System.Collections.Immutable;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Where several contacts of one person are placed.</summary>
/// <param name="Placements">
/// First those that are placed, in the order in which to reserve them; then those that are left out. Each the most
/// important first.
/// </param>
/// <param name="IsCutShort">
/// Whether the search for a better one ended at its bound, before all ways to place them were looked at.
/// </param>
public sealed record Plan(ImmutableArray<Placement> Placements, bool IsCutShort);
