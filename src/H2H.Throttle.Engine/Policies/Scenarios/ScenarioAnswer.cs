using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What was answered to an ask or a take.</summary>
/// <param name="IsAllowed">The verdict.</param>
/// <param name="Reasons">Of a denial its reasons; of an allowed contact its warnings and shadows.</param>
/// <param name="NextAllowedAt">Of a denial; null: never.</param>
public sealed record ScenarioAnswer(
    bool IsAllowed, ImmutableArray<ScenarioReason> Reasons, Instant? NextAllowedAt);
