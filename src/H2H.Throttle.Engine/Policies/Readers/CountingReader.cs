using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads which contacts of the ledger a rule looks at.</summary>
internal static class CountingReader
{
    /// <param name="draft">Of the rule.</param>
    /// <param name="key"><c>counting</c> or <c>after</c>.</param>
    /// <param name="use">Whether events are looked at as well.</param>
    /// <returns>Without the key: what <c>when</c> says of the contact, less what it says of the person.</returns>
    public static Matcher Read(RuleDraft draft, string key, MatcherUse use = MatcherUse.Past)
    {
        if (draft.Fields[key] is not { } node)
        {
            return draft.When.AboutContact();
        }

        return Read(node, use, draft);
    }

    /// <summary>The matcher of a node, which something must be able to match.</summary>
    public static Matcher Read(Node node, MatcherUse use, RuleDraft draft)
    {
        int found = draft.Findings.Count;
        Matcher matcher = MatcherReader.Read(node, use, draft.Words, draft.Findings);
        if (draft.Findings.Count == found
            && Reachability.Contradiction(matcher, null, static _ => true, draft.Words) is { } contradicted)
        {
            draft.Findings.Report(node, new Fault(
                $"No contact can match this: nothing is left of `{contradicted}`.",
                "Exclude less, or leave the key out."));
        }

        return matcher;
    }
}
