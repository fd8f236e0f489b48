using H2H.Throttle.Core.Decisions;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What a scenario can demand of a reason.</summary>
public sealed record ScenarioReason(string Rule, ReasonCode Code);
