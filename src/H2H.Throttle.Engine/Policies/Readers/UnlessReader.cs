using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads what lifts a rule for an attempt.</summary>
internal static class UnlessReader
{
    /// <summary>Null if it cannot be read.</summary>
    public static Matcher? Read(Node node, PolicyWords words, Findings findings)
    {
        if ((node as Node.Map)?.Find("consent") is { } consent)
        {
            findings.Report(consent.Key, new Fault(
                "This version does not lift rules by consent yet.",
                "Leave `unless` out: the rule then holds for everybody."));
            return null;
        }

        if (node is Node.Map { Entries.IsEmpty: true })
        {
            findings.Report(node, new Fault(
                "An empty `unless` lifts the rule for every contact.",
                "Say for which contacts it is lifted."));
            return null;
        }

        return MatcherReader.Read(node, MatcherUse.Attempt, words, findings);
    }
}
