using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Which rules of a policy scenarios have tried.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="File">Where it was read from, as the scenario writes it; null: it is written inline.</param>
/// <param name="Scenario">The first scenario that used it.</param>
/// <param name="Rules">In the policy's order.</param>
public sealed record PolicyCoverage(
    string Policy, string? File, string Scenario, ImmutableArray<RuleCoverage> Rules)
{
    /// <summary>How many rules denied a contact in some scenario.</summary>
    public int RulesDenied => Rules.Count(static rule => rule.Denied > 0);

    /// <summary>0 to 100, rounded down; null: the policy has no rules that could be tried.</summary>
    public int? Percent => Rules.IsEmpty ? null : 100 * RulesDenied / Rules.Length;
}
