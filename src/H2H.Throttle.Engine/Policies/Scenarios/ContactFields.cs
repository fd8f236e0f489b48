using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What is written of one contact, defaults filled in. What cannot be read is reported and absent.</summary>
internal sealed class ContactFields(ImmutableDictionary<string, Node> entries, Findings findings)
{
    public Node? this[string key] => entries.GetValueOrDefault(key);

    public Node.Scalar? Text(string key) =>
        this[key] is { } node && ValueReader.TryText(node, ContactTraits.NameLengthMax, findings, out Node.Scalar? text)
            ? text
            : null;

    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (ValueReader.WholeNumber(text.Text) is { } number && number >= least && number <= most)
        {
            return (int)number;
        }

        findings.Report(text, new Fault(
            $"{Quoted.Of(text.Text)} is not a {key}.", $"Write a whole number from {least} to {most}."));
        return null;
    }

    public Direction Direction()
    {
        Node.Scalar? text = Text("direction");
        if (text is not null and not { Text: "in" or "out" })
        {
            findings.Report(text, new Fault(
                $"{Quoted.Of(text.Text)} is not a direction of a contact.", "Write `in` or `out`."));
        }

        return text?.Text is "in" ? Core.Contacts.Direction.In : Core.Contacts.Direction.Out;
    }

    public ImmutableArray<string> Subjects() =>
        this["subject"] is { } node ? SubjectsReader.Read(node, findings) : [];

    public ImmutableSortedDictionary<string, string> Labels()
    {
        ImmutableSortedDictionary<string, string> labels = entries.Keys
            .Where(static key => TraitNames.LabelOf(key) is not null)
            .Select(key => (Name: TraitNames.LabelOf(key)!, Value: Text(key)?.Text))
            .Where(static label => label.Value is not null)
            .ToImmutableSortedDictionary(
                static label => label.Name, static label => label.Value!, StringComparer.Ordinal);
        if (labels.Count <= ContactTraits.LabelsMax)
        {
            return labels;
        }

        Node place = entries
            .Where(static entry => TraitNames.LabelOf(entry.Key) is not null)
            .Select(static entry => entry.Value)
            .MinBy(static value => (value.Line, value.Column))!;
        findings.Report(place, new Fault($"A contact has at most {ContactTraits.LabelsMax} labels.", "Write fewer."));
        return ImmutableSortedDictionary<string, string>.Empty;
    }
}
