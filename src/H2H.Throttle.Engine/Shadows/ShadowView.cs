namespace H2H.Throttle.Engine.Shadows;

/// <summary>What is asked beside the policy in force, and what it would have done.</summary>
/// <param name="Version">The version whose observing rules are told of.</param>
/// <param name="Observing">What its rules with the effect <c>observe</c> would have refused.</param>
/// <param name="Policy">The whole policy that is asked; null: none is.</param>
/// <param name="OfPolicy">What that would have done.</param>
public sealed record ShadowView(long Version, ShadowCounts Observing, ShadowPolicy? Policy, ShadowCounts OfPolicy);
