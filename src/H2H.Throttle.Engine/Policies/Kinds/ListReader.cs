using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>list</c>: no contact to an address that is on a suppression list.</summary>
internal static class ListReader
{
    private static readonly ImmutableArray<string> Keys = ["name", "max_age"];

    public static RuleKind Kind { get; } = new("list", ["list", "zone"], Read);

    private static Listed? Read(RuleDraft draft)
    {
        Node node = draft.Fields["list"]!;
        WindowZone zone = ZoneReader.ReadForRule(draft.Fields["zone"], draft.Findings);
        if (Fields.Of(node, "a list", Keys, draft.Findings) is not { } fields)
        {
            return null;
        }

        if (fields["name"] is not { } named)
        {
            draft.Findings.Report(node, new Fault(
                "The rule does not say which list.", "Write `list: { name: us-national-dnc, max_age: 31 days }`."));
            return null;
        }

        string? name = ListNameReader.Read(named, draft.Findings);
        Freshness? freshness = fields["max_age"] is { } age ? ReadAge(age, draft.Findings) : null;
        if (draft.Fields.KeyNode("zone") is { } key && (fields["max_age"] is null || freshness is Freshness.Rolling))
        {
            draft.Findings.Report(key, new Fault(
                "`zone` is about calendar days, and this list's age has none.",
                "Leave it out, or write `max_age: 31 days`."));
        }

        return name is null ? null : new Listed(draft.Name, name, freshness, zone);
    }

    private static Freshness? ReadAge(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        switch (SilenceReader.Read(text.Text, includesFirst: false, out _))
        {
            case Silence.Days { Count: var days }:
                return new Freshness.Days(days);
            case Silence.Months { Count: var months }:
                return new Freshness.Months(months);
            case Silence.Rolling { Window: var rolling }:
                return new Freshness.Rolling(rolling);
            case Silence.RollingMonths { Window: var rolling }:
                return new Freshness.RollingMonths(rolling);
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not the age of a list.",
            $"Write calendar time, {CalendarSpan.Bounds}, or elapsed time, `rolling 24h`; "
            + "leave it out for any age."));
        return null;
    }
}
