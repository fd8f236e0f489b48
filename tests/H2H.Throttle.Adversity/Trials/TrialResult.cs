using System.Collections.Immutable;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>What a trial found.</summary>
/// <param name="Load">What was asked of the service.</param>
/// <param name="Faults">What was done to it meanwhile.</param>
/// <param name="Held">What held, in words that name the figures.</param>
/// <param name="Flaws">What did not; empty: all held.</param>
internal sealed record TrialResult(string Load, string Faults, string Held, ImmutableArray<string> Flaws);
