using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What must be answered. Parts that are null are not looked at.</summary>
/// <param name="IsAllowed">The verdict.</param>
/// <param name="Rule">A rule that must be among the reasons; if allowed, among warnings and shadows.</param>
/// <param name="Code">A code that must be among them, of that rule if one is given.</param>
/// <param name="Next">When it would be allowed.</param>
public sealed record ScenarioExpectation(bool IsAllowed, string? Rule, ReasonCode? Code, ScenarioExpectation.Time? Next)
{
    /// <summary>
    /// Whether <see cref="Next"/> is about the policy's rules alone, even where an opt-out is in the way as well.
    /// </summary>
    public bool IsOfPolicyAlone { get; init; }

    /// <param name="At">The instant; null: never.</param>
    public sealed record Time(Instant? At);
}
