using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds rules that never govern anything, and rules that never deny what another does not deny.</summary>
internal static class BeatenRules
{
    public static void Check(ReviewedPolicy reviewed)
    {
        foreach (Rule rule in reviewed.Policy.Rules)
        {
            if (NeverGoverns(rule, reviewed.Policy))
            {
                reviewed.Report(rule, new Fault(
                    "No contact can come under this rule: what `when` demands, `not` or `unless` excludes.",
                    "Exclude less, or remove the rule."));
            }
            else if (reviewed.Policy.Rules.FirstOrDefault(other => Beats(other, rule, reviewed)) is { } winner)
            {
                string line = reviewed.MapOf(winner) is { } map
                    ? $" on line {RulesReader.NameNode(map)!.Line}"
                    : "";
                reviewed.Report(rule, new Fault(
                    $"Whatever this rule would deny, `{winner.Name}`{line} denies anyway.",
                    "Remove this rule, or make it stricter than the other."));
            }
        }
    }

    public static bool NeverGoverns(Rule rule, Policy policy) =>
        Governance.ImplicationOf(rule, policy).IsContradicted(Governance.Demands(rule));

    /// <remarks>Of two rules that beat each other, the later one is beaten.</remarks>
    private static bool Beats(Rule winner, Rule rule, ReviewedPolicy reviewed) =>
        !ReferenceEquals(winner, rule)
        && IsAtLeastAsStrict(winner, rule, reviewed)
        && (reviewed.PlaceOf(winner) < reviewed.PlaceOf(rule) || !IsAtLeastAsStrict(rule, winner, reviewed));

    private static bool IsAtLeastAsStrict(Rule winner, Rule rule, ReviewedPolicy reviewed) =>
        winner.Effect <= rule.Effect
        && Strictness.DeniesAllThat(winner, rule, reviewed)
        && Governance.IsWithin(rule, winner, reviewed.Policy);
}
