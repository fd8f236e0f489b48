using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads <c>keep</c> of a cap: slots that only some contacts may take.</summary>
internal static class KeepReader
{
    private static readonly ImmutableArray<string> Keys = ["slots", "for"];

    /// <summary>Null if it cannot be read.</summary>
    public static KeptSlots? Read(Node node, ImmutableArray<CapLimit> limits, PolicyWords words, Findings findings)
    {
        if (Fields.Of(node, "`keep`", Keys, findings) is not { } fields)
        {
            return null;
        }

        if (fields["slots"] is not { } count || fields["for"] is not { } whom)
        {
            findings.Report(node, new Fault(
                "`keep` needs `slots` and `for`.", "Write `keep: { slots: 1, for: { priority: \">= 80\" } }`."));
            return null;
        }

        long? slots = NumberReader.Read(count, 1, CapLimit.ContactsMax, findings);
        Matcher matcher = MatcherReader.Read(whom, MatcherUse.Attempt, words, findings);
        if (slots is { } kept && !limits.IsDefault && !limits.Any(limit => limit.Contacts > kept))
        {
            findings.Report(count, new Fault(
                "Every slot of the cap is kept: nobody else could take one.", "Keep fewer than the cap allows."));
        }

        return slots is null ? null : new KeptSlots((int)slots, matcher);
    }
}
