using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies;

/// <summary>The answer to AdjustCap: the version now in force, and the limit that the rule had before.</summary>
public sealed record CapAdjusted(PolicyVersion Version, CapLimit Previous);
