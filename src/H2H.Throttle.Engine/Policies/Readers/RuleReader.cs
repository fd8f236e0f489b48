using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Kinds;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads one rule: what all kinds have in common here, the rest by <see cref="RuleKinds"/>.</summary>
internal static class RuleReader
{
    private static readonly ImmutableArray<string> CommonKeys =
        ["name", "when", "unless", "from", "until", "effect", "description", "source"];

    private static readonly ImmutableArray<string> EveryKey =
        [.. CommonKeys.Concat(RuleKinds.All.SelectMany(static kind => kind.Keys)).Distinct()];

    /// <summary>The rule; of use only if nothing was reported. Null if there is nothing to make one of.</summary>
    public static Rule? Read(Node node, PolicyWords words, Findings policyFindings)
    {
        Findings findings = policyFindings.In(RulesReader.NameNode(node)?.Text);
        RuleKind? kind = KindOf(node, findings);
        ImmutableArray<string> keys = kind is null ? EveryKey : [.. CommonKeys, .. kind.Keys];
        if (Fields.Of(node, kind?.Noun ?? "a rule", keys, findings) is not { } fields)
        {
            return null;
        }

        string? name = NameOf(fields, findings);
        int found = findings.Count;
        Matcher when = fields["when"] is { } matcher
            ? MatcherReader.Read(matcher, MatcherUse.Attempt, words, findings)
            : Matcher.Any;
        (Matcher? unless, ConsentTerms? unlessConsent) = fields["unless"] is { } lifting
            ? UnlessReader.Read(lifting, words, findings)
            : (null, null);
        if (kind is not null && findings.Count == found)
        {
            Reachability.Report(fields, when, unless, kind, words, findings);
        }

        (Instant? from, Instant? until) = SpanOf(fields, words, findings);
        Effect effect = fields["effect"] is { } chosen ? EffectReader.Read(chosen, findings) : Effect.Deny;
        string? description = TextOf(fields["description"], findings);
        string? source = TextOf(fields["source"], findings);
        if (kind is null)
        {
            ReportNoKind(fields, findings);
            return null;
        }

        RuleDraft draft = new(name ?? "unnamed", fields, when, words, findings);
        return kind.Read(draft) is not { } rule ? null : rule with
        {
            When = when,
            Unless = unless,
            UnlessConsent = unlessConsent,
            From = from,
            Until = until,
            Effect = effect,
            Description = description,
            Source = source,
        };
    }

    private static RuleKind? KindOf(Node node, Findings findings)
    {
        if (node is not Node.Map map)
        {
            return null;
        }

        RuleKind? found = null;
        foreach (NodeEntry entry in map.Entries)
        {
            if (RuleKinds.All.FirstOrDefault(kind => kind.Key == entry.Key.Text) is not { } kind)
            {
                continue;
            }

            if (found is not null && !found.Keys.Contains(kind.Key))
            {
                findings.Report(entry.Key, new Fault(
                    $"This rule is of two kinds, `{found.Key}` and `{kind.Key}`.", "Make two rules of it."));
                return null;
            }

            found ??= kind;
        }

        return found;
    }

    private static void ReportNoKind(Fields fields, Findings findings)
    {
        if (!fields.HasUnknown && !RuleKinds.All.Any(kind => fields[kind.Key] is not null))
        {
            findings.Report(fields.Map, new Fault(
                "The rule does not say what it allows.",
                $"Write one of: {string.Join(", ", RuleKinds.All.Select(static kind => kind.Key))}."));
        }
    }

    private static string? NameOf(Fields fields, Findings findings)
    {
        if (fields["name"] is not { } node)
        {
            findings.Report(fields.Map, new Fault(
                "The rule has no name.",
                "Write `name: …`; reasons and reports show it."));
            return null;
        }

        string? name = NameReader.Read(node, Rule.NameLengthMax, findings);
        if (name is not null && Rule.NamesInForce.Contains(name))
        {
            findings.Report(node, new Fault(
                $"`{name}` is the name of what is always in force.", "Give the rule another name."));
        }

        return name;
    }

    private static (Instant? From, Instant? Until) SpanOf(Fields fields, PolicyWords words, Findings findings)
    {
        Instant? from = fields["from"] is { } start ? MomentReader.Read(start, words.Zone, findings) : null;
        Instant? until = fields["until"] is { } end ? MomentReader.Read(end, words.Zone, findings) : null;
        if (from >= until)
        {
            findings.Report(fields["until"]!, new Fault(
                "The rule never holds: `until` is not after `from`.",
                "`until` is the first moment at which it no longer holds."));
        }

        return (from, until);
    }

    private static string? TextOf(Node? node, Findings findings) =>
        node is not null && ValueReader.TryText(node, findings, out Node.Scalar? text) ? text.Text : null;
}
