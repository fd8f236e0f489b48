using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What a scenario can demand of a reason.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Code">Its code.</param>
/// <param name="FreeAt">When it alone would no longer be in the way; null: never.</param>
public sealed record ScenarioReason(string Rule, ReasonCode Code, Instant? FreeAt);
