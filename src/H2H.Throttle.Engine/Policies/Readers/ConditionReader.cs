using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads one key of a matcher.</summary>
internal static class ConditionReader
{
    private static readonly ImmutableArray<TraitKey> Traits =
    [
        TraitKey.Channel,
        TraitKey.Purpose,
        TraitKey.Brand,
        TraitKey.Campaign,
        TraitKey.Topic,
        TraitKey.Sender,
        TraitKey.Subject,
        TraitKey.Country,
        TraitKey.Direction,
    ];

    private static readonly ImmutableArray<string> AttemptWords =
        [.. Traits.Select(TraitNames.Of), "priority", "not"];

    private static readonly ImmutableArray<string> PastWords = [.. AttemptWords, "outcome", "consent"];

    private static readonly ImmutableArray<string> HappenedWords = [.. PastWords, "event"];

    /// <summary>What the key demands; empty if it cannot be read. Only a list under <c>not</c> makes several.</summary>
    public static ImmutableArray<Condition> Read(NodeEntry entry, MatcherUse use, PolicyWords words, Findings findings)
    {
        string key = entry.Key.Text;
        switch (key)
        {
            case "not":
                return ReadNot(entry.Value, use, words, findings);
            case "priority":
                return PriorityReader.Read(entry.Value, findings);
            case "outcome":
                return ReadOutcome(entry, use, words, findings);
            case "event":
                return ReadEvent(entry, use, words, findings);
            case "consent":
                return ReadConsent(entry, use, words, findings);
        }

        if (IsParted(entry, findings))
        {
            return [];
        }

        ImmutableArray<Node.Scalar> values = ValueReader.OneOrMany(entry.Value, findings);
        ImmutableArray<Glob> globs = [.. values.Select(static value => new Glob(value.Text))];
        if (globs.IsEmpty)
        {
            ReportEmpty(entry, findings);
            return [];
        }

        if (TraitNames.LabelOf(key) is { } label)
        {
            return [new Condition.Label(label, globs)];
        }

        if (TraitNames.AttributeOf(key) is { } attribute)
        {
            return [new Condition.Attribute(attribute, globs)];
        }

        foreach (TraitKey trait in Traits.Where(trait => TraitNames.Of(trait) == key))
        {
            Check(trait, values, words, findings);
            return [new Condition.Trait(trait, globs)];
        }

        ReportUnknown(entry.Key, use, findings);
        return [];
    }

    /// <summary>Reports a name of the form <c>person.tier</c> that is written as a map in a map.</summary>
    private static bool IsParted(NodeEntry entry, Findings findings)
    {
        string key = entry.Key.Text;
        if (key is not ("person" or "label") || entry.Value is not Node.Map { Entries: [{ Key: var inner }, ..] })
        {
            return false;
        }

        findings.Report(entry.Key, new Fault(
            $"`{key}` and what follows it are one key.", $"Write `{key}.{inner.Text}: …`, without braces."));
        return true;
    }

    private static void ReportUnknown(Node.Scalar key, MatcherUse use, Findings findings)
    {
        ImmutableArray<string> known = use switch
        {
            MatcherUse.Attempt => AttemptWords,
            MatcherUse.Past => PastWords,
            _ => HappenedWords,
        };
        string mend = Nearest.To(key.Text, known) is { } nearest
            ? $"Write `{nearest}`."
            : $"Known are: {string.Join(", ", known)}, `label.x` and `person.x` for any x.";
        findings.Report(key, new Fault($"Contacts cannot be matched by {Quoted.Of(key.Text)}.", mend));
    }

    private static ImmutableArray<Condition> ReadNot(Node node, MatcherUse use, PolicyWords words, Findings findings)
    {
        ImmutableArray<Node> excluded = node is Node.List list ? list.Items : [node];
        ImmutableArray<Condition>.Builder conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (Node one in excluded)
        {
            Matcher matcher = MatcherReader.Read(one, use, words, findings);
            if (one is Node.Map { Entries.IsEmpty: true } or Node.Scalar { IsNothing: true })
            {
                findings.Report(one, new Fault(
                    "An empty `not` excludes every contact.", "Write what to exclude, `not: { topic: billing }`."));
            }

            conditions.Add(new Condition.Not(matcher));
        }

        return conditions.ToImmutable();
    }

    private static ImmutableArray<Condition> ReadOutcome(
        NodeEntry entry, MatcherUse use, PolicyWords words, Findings findings)
    {
        if (use is MatcherUse.Attempt)
        {
            findings.Report(entry.Key, new Fault(
                "A contact that is asked for has no outcome yet.",
                "Outcomes can be matched under `counting` and `after`."));
            return [];
        }

        ImmutableArray<Node.Scalar> values = ValueReader.OneOrMany(entry.Value, findings);
        foreach (Node.Scalar value in values)
        {
            NamesReader.IsDeclared(value, "outcome", words.AllOutcomes, findings);
        }

        return [new Condition.Outcome([.. values.Select(static value => new Glob(value.Text))])];
    }

    private static ImmutableArray<Condition> ReadEvent(
        NodeEntry entry, MatcherUse use, PolicyWords words, Findings findings)
    {
        if (use is not MatcherUse.Happened)
        {
            findings.Report(entry.Key, new Fault(
                "What stands here is held against contacts alone, and an event is none.",
                "Events can be matched under `needs`, and under `after` of a cooldown."));
            return [];
        }

        ImmutableArray<Node.Scalar> values = ValueReader.OneOrMany(entry.Value, findings);
        foreach (Node.Scalar value in values)
        {
            NamesReader.IsDeclared(value, "event", words.AllEvents, findings);
        }

        return [new Condition.Event([.. values.Select(static value => new Glob(value.Text))])];
    }

    private static ImmutableArray<Condition> ReadConsent(
        NodeEntry entry, MatcherUse use, PolicyWords words, Findings findings)
    {
        if (use is MatcherUse.Attempt)
        {
            findings.Report(entry.Key, new Fault(
                "Contacts that are asked for are not told apart by consents here.",
                "Write `unless: { consent: calls }` alone, or a rule `consent: { opt_in: calls }`."));
            return [];
        }

        return ConsentTermsReader.Read(entry.Value, words, findings) is { } terms
            ? [new Condition.Consent(terms)]
            : [];
    }

    private static void Check(TraitKey trait, ImmutableArray<Node.Scalar> values, PolicyWords words, Findings findings)
    {
        foreach (Node.Scalar value in values)
        {
            switch (trait)
            {
                case TraitKey.Channel when !words.Channels.IsDefault:
                    NamesReader.IsDeclared(value, "channel", words.Channels, findings);
                    break;
                case TraitKey.Purpose when words.Purposes is not null:
                    IEnumerable<string> purposes = words.Purposes.Keys.Order(StringComparer.Ordinal);
                    NamesReader.IsDeclared(value, "purpose", purposes, findings);
                    break;
                case TraitKey.Direction when value.Text is not ("in" or "out" or "*"):
                    findings.Report(value, new Fault(
                        $"{Quoted.Of(value.Text)} is not a direction.",
                        "Write `out` (to the person), `in` (from the person) or `\"*\"` (both)."));
                    break;
                case TraitKey.Country when !value.Text.Contains('*', StringComparison.Ordinal):
                    CountryReader.IsKnown(value, findings);
                    break;
            }
        }
    }

    private static void ReportEmpty(NodeEntry entry, Findings findings)
    {
        if (entry.Value is Node.List { Items.IsEmpty: true })
        {
            findings.Report(entry.Value, new Fault(
                "An empty list matches nothing.",
                "Write values, or leave the key out."));
        }
    }
}
