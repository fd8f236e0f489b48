using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads what lifts a rule for an attempt: a matcher, or a consent.</summary>
internal static class UnlessReader
{
    /// <summary>The matcher, or the consent; both null if it cannot be read.</summary>
    public static (Matcher? Matcher, ConsentTerms? Consent) Read(Node node, PolicyWords words, Findings findings)
    {
        if (node is Node.Map map && map.Find("consent") is { } consent)
        {
            if (map.Entries.Length > 1)
            {
                findings.Report(consent.Key, new Fault(
                    "A consent lifts a rule by itself; nothing else can stand beside it.",
                    "Write `unless: { consent: calls }` alone, and in `when` to which contacts the rule applies."));
            }

            return (null, ConsentTermsReader.Read(consent.Value, words, findings));
        }

        if (node is Node.Map { Entries.IsEmpty: true })
        {
            findings.Report(node, new Fault(
                "An empty `unless` lifts the rule for every contact.",
                "Say for which contacts it is lifted."));
            return (null, null);
        }

        return (MatcherReader.Read(node, MatcherUse.Attempt, words, findings), null);
    }
}
