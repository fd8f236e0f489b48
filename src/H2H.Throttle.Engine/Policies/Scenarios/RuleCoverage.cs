namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>How often a rule came up while scenarios ran.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Governed">How many contacts that were asked for came under it.</param>
/// <param name="Denied">How many of them it denied, or would have if it did more than warn or observe.</param>
public sealed record RuleCoverage(string Rule, int Governed, int Denied);
