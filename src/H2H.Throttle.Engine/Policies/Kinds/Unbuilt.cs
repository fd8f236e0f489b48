using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Parts of the language that this version does not enforce. A policy with one is refused.</summary>
internal static class Unbuilt
{
    /// <summary>Reports a key of a rule if it is there.</summary>
    public static void ReportKey(RuleDraft draft, string key)
    {
        if (draft.Fields.KeyNode(key) is { } node)
        {
            draft.Findings.Report(node, new Fault(
                $"This version does not enforce `{key}` yet.",
                "Leave the key out, or the whole rule if it is wrong without it."));
        }
    }
}
