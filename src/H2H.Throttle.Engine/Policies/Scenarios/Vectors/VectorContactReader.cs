using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios.Vectors;

/// <summary>Reads the contacts of a vector: what its history says was made, and the attempt.</summary>
internal sealed class VectorContactReader(Policy policy, VectorContext context, Findings findings)
{
    /// <summary>What is said of a contact in words of the case: labels of the same name.</summary>
    public static ImmutableArray<string> LabelKeys { get; } = ["text_kind", "from_number", "text", "item", "method"];

    private static readonly ImmutableArray<string> Keys =
        ["at", "channel", "purpose", "subjects", .. LabelKeys];

    private static readonly ImmutableArray<string> PastKeys =
        [.. Keys, "outcome", "direction", "discussed", "scope", "valid_dates"];

    /// <summary>The keys of an entry, past or attempted; null if they cannot be read.</summary>
    public Fields? FieldsOf(Node node, bool isAttempt) =>
        Fields.Of(node, isAttempt ? "an attempt" : "an entry of a history", isAttempt ? Keys : PastKeys, findings);

    /// <summary>The contact, when it is, and its outcome if it has one; null if it cannot be read.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="isAttempt">Whether the facts of the context are stated of it.</param>
    /// <param name="outer">Where labels may stand as well; null: nowhere.</param>
    public (Instant At, ScenarioContact Contact, Node.Scalar? Outcome)? Read(
        Node node, bool isAttempt, Fields? outer = null)
    {
        if (FieldsOf(node, isAttempt) is not { } fields
            || AtOf(fields) is not { } at
            || Declared(fields, "channel", policy.Channels) is not { } channel
            || Declared(fields, "purpose", policy.Purposes.Keys) is not { } purpose)
        {
            return null;
        }

        ContactTraits traits = new(channel, purpose)
        {
            Direction = fields["direction"] is Node.Scalar { Text: "in" } ? Direction.In : Direction.Out,
            Subjects = SubjectsOf(fields),
            Address = context.Lists.IsEmpty ? null : VectorContext.Address,
            Labels = LabelsOf(fields, outer, isAttempt),
        };
        ScenarioContact contact = new(traits, Weight: 1, PlannedAt: null, OverrideReason: null)
        {
            Discussed = fields["discussed"] is { } discussed ? TextsOf(discussed) : [],
        };
        return (at, contact, OutcomeOf(fields));
    }

    /// <summary>When an entry is; null if that cannot be read.</summary>
    public Instant? AtOf(Fields fields)
    {
        if (fields["at"] is { } at)
        {
            return MomentReader.ReadInstant(at, findings);
        }

        findings.Report(fields.Map, new Fault("The entry has no time.", "Write `at: 2026-03-02T09:00:00+01:00`."));
        return null;
    }

    /// <summary>What became of a contact, or what happened instead of one; null: nothing is said.</summary>
    public Node.Scalar? OutcomeOf(Fields fields) =>
        fields["outcome"] is { } node && ValueReader.TryText(node, findings, out Node.Scalar? outcome) ? outcome : null;

    public ImmutableArray<string> SubjectsOf(Fields fields) =>
        fields["subjects"] is { } subjects ? TextsOf(subjects) : [];

    private ImmutableArray<string> TextsOf(Node node) =>
        [.. ValueReader.OneOrMany(node, findings).Select(static text => text.Text)];

    private string? Declared(Fields fields, string key, IEnumerable<string> declared)
    {
        if (fields[key] is not { } node)
        {
            findings.Report(fields.Map, new Fault($"The entry has no {key}.", $"Write `{key}: …`."));
            return null;
        }

        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        NamesReader.IsDeclared(text, key, declared.Order(StringComparer.Ordinal), findings);
        return text.Text;
    }

    private ImmutableSortedDictionary<string, string> LabelsOf(Fields fields, Fields? outer, bool isAttempt)
    {
        ImmutableSortedDictionary<string, string> labels = isAttempt
            ? context.Labels
            : ImmutableSortedDictionary<string, string>.Empty;
        foreach (string key in LabelKeys)
        {
            if ((fields[key] ?? outer?[key]) is { } node
                && ValueReader.TryText(node, ContactTraits.NameLengthMax, findings, out Node.Scalar? text))
            {
                labels = labels.SetItem(key, text.Text);
            }
        }

        return labels;
    }
}
