using H2H.Throttle.Core.Decisions;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>What reasons are told apart by.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Code">Why.</param>
/// <param name="Effect">What it did: deny, warn, shadow or overshoot.</param>
internal readonly record struct ReasonKey(string Rule, ReasonCode Code, string Effect);
