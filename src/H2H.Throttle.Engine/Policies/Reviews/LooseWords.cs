using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds channels and purposes that no rule limits.</summary>
/// <remarks>Purposes with <c>capped: false</c> are meant not to be.</remarks>
internal static class LooseWords
{
    public static void Check(ReviewedPolicy reviewed)
    {
        ImmutableArray<Rule> denying =
        [
            .. reviewed.Policy.Rules.Where(rule => rule.Effect is not Effect.Observe
                && !FinishedRules.IsOver(rule, reviewed.Now)
                && !BeatenRules.NeverGoverns(rule, reviewed.Policy)),
        ];
        if (denying.IsEmpty)
        {
            Node place = reviewed.Root.Find("rules") is { } rules ? rules.Key : reviewed.Root;
            reviewed.Report(place, new Fault(
                "No rule denies anything: only what people say themselves stops a contact.",
                "Write at least one rule that holds now and has not `effect: observe`."));
            return;
        }

        CheckChannels(denying, reviewed);
        CheckPurposes(denying, reviewed);
    }

    private static void CheckChannels(ImmutableArray<Rule> denying, ReviewedPolicy reviewed)
    {
        Node.List declared = (Node.List)reviewed.Root.Find("channels")!.Value;
        foreach (Node.Scalar channel in declared.Items.OfType<Node.Scalar>())
        {
            if (denying.All(rule => new Implication([channel.Text], PurposesUnder(rule, reviewed.Policy))
                .IsContradicted(Governance.Demands(rule))))
            {
                reviewed.Report(channel, new Fault(
                    $"No rule limits contacts on the channel `{channel.Text}`.",
                    "Add a rule that governs it, or remove the channel if nobody uses it."));
            }
        }
    }

    private static void CheckPurposes(ImmutableArray<Rule> denying, ReviewedPolicy reviewed)
    {
        Node.Map declared = (Node.Map)reviewed.Root.Find("purposes")!.Value;
        foreach (Node.Scalar key in declared.Entries.Select(static entry => entry.Key))
        {
            Purpose purpose = reviewed.Policy.Purposes[key.Text];
            if (purpose.IsCapped && denying.All(rule => !Governance.MayGovern(rule, purpose)
                || new Implication(reviewed.Policy.Channels, [key.Text]).IsContradicted(Governance.Demands(rule))))
            {
                reviewed.Report(key, new Fault(
                    $"No rule limits contacts of the purpose `{key.Text}`, although it is capped.",
                    "Add a rule that governs it, or write `capped: false` if that is meant."));
            }
        }
    }

    private static ImmutableArray<string> PurposesUnder(Rule rule, Policy policy) =>
    [
        .. policy.Purposes.Values.Where(purpose => Governance.MayGovern(rule, purpose)).Select(static p => p.Name),
    ];
}
