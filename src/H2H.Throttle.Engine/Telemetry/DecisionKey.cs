namespace H2H.Throttle.Engine.Telemetry;

/// <summary>What decisions are told apart by.</summary>
/// <param name="Call">Which call it was.</param>
/// <param name="IsAllowed">The verdict.</param>
/// <param name="Rule">The first that is in the way; null: none is.</param>
/// <param name="Channel">Of the contact.</param>
/// <param name="Purpose">Of the contact.</param>
internal readonly record struct DecisionKey(
    string Call, bool IsAllowed, string? Rule, string Channel, string Purpose);
