using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds limits of caps that limit nobody, and kept slots that are kept for all or for nobody.</summary>
internal static class IdleLimits
{
    public static void Check(ReviewedPolicy reviewed)
    {
        foreach (Cap cap in reviewed.Policy.Rules.OfType<Cap>())
        {
            if (reviewed.MapOf(cap) is not { } map || BeatenRules.NeverGoverns(cap, reviewed.Policy))
            {
                continue;
            }

            if (cap.Limits.All(static limit => limit.Contacts is null))
            {
                reviewed.Report(cap, map.Find("cap")!.Key, new Fault(
                    "The cap limits nobody: it is `unlimited` for all.", "Write a number, or remove the rule."));
            }

            CheckEntries(cap, map, reviewed);
            CheckKeep(cap, map, reviewed);
        }
    }

    private static void CheckEntries(Cap cap, Node.Map map, ReviewedPolicy reviewed)
    {
        if (map.Find("cap")!.Value is not Node.List list)
        {
            return;
        }

        Implication implication = Governance.ImplicationOf(cap, reviewed.Policy);
        ImmutableArray<Condition> left = Governance.Demands(cap);
        foreach ((CapLimit limit, Node entry) in cap.Limits.Zip(list.Items))
        {
            ImmutableArray<Condition> mine = [.. left, .. limit.When?.Conditions ?? []];
            if (implication.IsContradicted(mine))
            {
                reviewed.Report(cap, entry, new Fault(
                    "This limit is for nobody: the rule and the limits before it leave no contact to its `when`.",
                    "Put the narrower limit first, or remove this one."));
            }

            left = limit.When is { } taken ? left.Add(new Condition.Not(taken)) : left;
        }
    }

    private static void CheckKeep(Cap cap, Node.Map map, ReviewedPolicy reviewed)
    {
        if (cap.Keep is not { } keep)
        {
            return;
        }

        Implication implication = Governance.ImplicationOf(cap, reviewed.Policy);
        ImmutableArray<Condition> given = Governance.Demands(cap);
        if (implication.Holds(given, keep.For))
        {
            reviewed.Report(cap, map.Find("keep")!.Key, new Fault(
                "The slots are kept for every contact that comes under the rule, so from none.",
                "Name in `for` those alone who may take them, or leave `keep` out."));
        }
        else if (implication.IsContradicted([.. given, .. keep.For.Conditions]))
        {
            reviewed.Report(cap, map.Find("keep")!.Key, new Fault(
                "The slots are kept for nobody: no contact that comes under the rule matches `for`.",
                "Name contacts that `when` names too, or lower the cap."));
        }
    }
}
