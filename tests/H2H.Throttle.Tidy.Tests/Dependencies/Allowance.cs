using System.Collections.Immutable;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

/// <summary>What one project may rest on.</summary>
/// <param name="References">Names of projects.</param>
/// <param name="Packages">Ids of packages and names of shared frameworks.</param>
internal sealed record Allowance(ImmutableArray<string> References, ImmutableArray<string> Packages);
