namespace H2H.Throttle.Engine.Policies.Differences;

/// <summary>One thing in which two policies differ.</summary>
/// <param name="Rule">The rule's name; null: it is about the policy as a whole.</param>
/// <param name="Text">In words, as a sentence.</param>
/// <param name="Bearing">What it means for people.</param>
public sealed record PolicyDifference(string? Rule, string Text, Bearing Bearing);
