using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>cap</c>: at most so many contacts in a window.</summary>
internal static class CapReader
{
    public static RuleKind Kind { get; } = new(
        "cap",
        ["cap", "in", "widen", "zone", "per", "weighted", "counting", "pool", "counts", "outcomes", "keep"],
        Read);

    private static Cap? Read(RuleDraft draft)
    {
        ImmutableArray<CapLimit> limits = LimitsReader.Read(draft.Fields["cap"]!, draft.Words, draft.Findings);
        Window? window = WindowOf(draft, limits);
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        ImmutableArray<GroupKey> per = draft.Fields["per"] is { } split ? PerReader.Read(split, draft.Findings) : [];
        bool isWeighted = draft.Fields["weighted"] is { } flag && ValueReader.Flag(flag, draft.Findings) == true;
        Matcher counting = CountingReader.Read(draft, "counting");
        OutcomeFilter outcomes = OutcomeFilterReader.Read(draft);
        KeptSlots? keep = draft.Fields["keep"] is { } kept
            ? KeepReader.Read(kept, limits, draft.Words, draft.Findings)
            : null;
        string? pool = draft.Fields["pool"] is { } kind
            ? NameReader.Read(kind, Pool.KindLengthMax, draft.Findings)
            : null;
        if (limits.IsDefaultOrEmpty || window is null)
        {
            return null;
        }

        Density density = new(new Counting(counting, per, isWeighted, outcomes), window, zone) { Pool = pool };
        return new Cap(draft.Name, limits, density) { Keep = keep };
    }

    private static Window? WindowOf(RuleDraft draft, ImmutableArray<CapLimit> limits)
    {
        Window? window = null;
        if (draft.Fields["in"] is { } text)
        {
            window = WindowReader.Read(text, draft.Findings);
        }
        else if (!limits.IsDefault && limits.All(static limit => limit.Contacts is null or 0))
        {
            // Whatever the window, blocked and unlimited mean the same.
            window = new Window.Calendar(CalendarUnit.Day);
        }
        else
        {
            draft.Findings.Report(draft.Fields["cap"]!, new Fault(
                "The cap does not say in what time.",
                "Write `in: rolling 24h`, `in: last 7 days` or `in: calendar week`."));
        }

        return draft.Fields["widen"] is { } widen ? WidenReader.Read(widen, window, draft.Findings) : window;
    }
}
