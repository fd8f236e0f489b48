using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>blackout</c>: no contact between two moments.</summary>
internal static class BlackoutReader
{
    private static readonly ImmutableArray<string> Keys = ["from", "until"];

    public static RuleKind Kind { get; } = new("blackout", ["blackout"], Read);

    private static Blackout? Read(RuleDraft draft)
    {
        Node node = draft.Fields["blackout"]!;
        if (Fields.Of(node, "a blackout", Keys, draft.Findings) is not { } fields)
        {
            return null;
        }

        if (fields["from"] is not { } start || fields["until"] is not { } end)
        {
            draft.Findings.Report(node, new Fault(
                "A blackout needs `from` and `until`.",
                "Write `blackout: { from: 2026-12-24, until: 2026-12-27 }`; `until` is the first moment after it."));
            return null;
        }

        Instant? from = MomentReader.Read(start, draft.Words.Zone, draft.Findings);
        Instant? until = MomentReader.Read(end, draft.Words.Zone, draft.Findings);
        if (from >= until)
        {
            draft.Findings.Report(end, new Fault(
                "The blackout never is: its `until` is not after its `from`.",
                "`until` is the first moment after it."));
            return null;
        }

        return from is null || until is null ? null : new Blackout(draft.Name, new Interval(from, until));
    }
}
