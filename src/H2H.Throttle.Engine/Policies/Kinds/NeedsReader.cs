using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>needs</c>: no contact unless something happened, not too long ago.</summary>
/// <remarks>Beside <c>within</c> and <c>or</c> it is a matcher of what happened: an event, or a contact.</remarks>
internal static class NeedsReader
{
    public static RuleKind Kind { get; } = new("needs", ["needs", "per", "zone"], Read);

    private static Needs? Read(RuleDraft draft)
    {
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        ImmutableArray<GroupKey> per = draft.Fields["per"] is { } split ? PerReader.Read(split, draft.Findings) : [];
        return ReadOne(draft.Fields["needs"]!, per, zone, draft);
    }

    private static Needs? ReadOne(Node node, ImmutableArray<GroupKey> per, WindowZone zone, RuleDraft draft)
    {
        if (node is not Node.Map map)
        {
            draft.Findings.Report(node, new Fault(
                $"A map of what must have happened is expected here, not {node.Shape}.",
                "Write `needs: { event: inbound_message, within: rolling 24h }`."));
            return null;
        }

        Node.Map happened = new(
            map.Line, map.Column, [.. map.Entries.Where(static entry => entry.Key.Text is not ("within" or "or"))]);
        if (happened.Entries.IsEmpty)
        {
            draft.Findings.Report(map, new Fault(
                "The rule does not say what must have happened.",
                "Write `needs: { event: inbound_message, within: rolling 24h }`."));
        }

        Window? within = ReadWithin(map, draft.Findings);
        Matcher matcher = CountingReader.Read(happened, MatcherUse.Happened, draft);
        Needs? or = map.Find("or") is { } other ? ReadOne(other.Value, per, zone, draft) : null;
        return within is null ? null : new Needs(draft.Name, new Counting(matcher, per), within, zone) { Or = or };
    }

    private static Window? ReadWithin(Node.Map map, Findings findings)
    {
        if (map.Find("within") is { } within)
        {
            return WindowReader.Read(within.Value, findings);
        }

        findings.Report(map, new Fault(
            "The rule does not say how long ago it may have happened.",
            "Write `within: rolling 24h`, `within: last 30 days`, or `within: lifetime` for ever."));
        return null;
    }
}
