using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>gap</c>: a distance between contacts.</summary>
internal static class GapReader
{
    public static RuleKind Kind { get; } = new("gap", ["gap", "after", "zone", "per"], Read);

    private static Gap? Read(RuleDraft draft)
    {
        Node text = draft.Fields["gap"]!;
        Window? window = WindowReader.Read(text, draft.Findings);
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        ImmutableArray<GroupKey> per = draft.Fields["per"] is { } split ? PerReader.Read(split, draft.Findings) : [];
        Matcher after = CountingReader.Read(draft, "after");
        switch (window)
        {
            case null:
                return null;
            case Window.Calendar:
                draft.Findings.Report(text, new Fault(
                    $"`{window}` is not a distance: contacts on both sides of its end may be a moment apart.",
                    "Write elapsed time, `rolling 24h`, or calendar days, `last 3 days`."));
                return null;
            case Window.Lifetime:
                draft.Findings.Report(text, new Fault(
                    "A gap cannot last for ever.", "Write `cap: 1` with `in: lifetime` for once and never again."));
                return null;
            default:
                return new Gap(draft.Name, new Density(new Counting(after, per), window, zone));
        }
    }
}
