using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads the contacts of a scenario.</summary>
internal sealed class ScenarioContactReader
{
    private static readonly ImmutableArray<string> Keys =
    [
        "channel", "purpose", "brand", "campaign", "topic", "sender", "subject", "country", "address", "priority",
        "direction", "weight", "override", "planned_at", "outcome",
        "discussed",
    ];

    private readonly ImmutableDictionary<string, Node> defaults;
    private readonly Policy? policy;
    private readonly Findings findings;

    /// <param name="defaults">Filled into every contact; null: nothing.</param>
    /// <param name="policy">Whose channels and purposes there are; null: it cannot be read, so all are.</param>
    /// <param name="findings">Takes the reports.</param>
    public ScenarioContactReader(Node? defaults, Policy? policy, Findings findings)
    {
        (this.policy, this.findings) = (policy, findings);
        this.defaults = defaults is null ? ImmutableDictionary<string, Node>.Empty : EntriesOf(defaults);
    }

    /// <summary>The contact, and its outcome if one is given; null if it cannot be read.</summary>
    public (ScenarioContact Contact, Node.Scalar? Outcome)? Read(Node node)
    {
        ContactFields fields = new(defaults.SetItems(EntriesOf(node)), findings);
        string? channel = Declared(node, fields.Text("channel"), "channel", policy?.Channels);
        IEnumerable<string>? purposes = policy?.Purposes.Keys.Order(StringComparer.Ordinal);
        string? purpose = Declared(node, fields.Text("purpose"), "purpose", purposes);
        if (channel is null || purpose is null)
        {
            return null;
        }

        ContactTraits traits = new(channel, purpose)
        {
            Brand = fields.Text("brand")?.Text,
            Campaign = fields.Text("campaign")?.Text,
            Topic = fields.Text("topic")?.Text,
            Sender = fields.Text("sender")?.Text,
            Country = fields["country"] is { } country ? CountryReader.Read(country, findings) : null,
            Address = fields.Text("address")?.Text,
            Direction = fields.Direction(),
            Priority = fields.Number("priority", 0, ContactTraits.PriorityMax) ?? 0,
            Subjects = fields.Subjects(),
            Labels = fields.Labels(),
        };
        ScenarioContact contact = new(
            traits,
            fields.Number("weight", 1, Attempt.WeightMax) ?? 1,
            fields["planned_at"] is { } planned ? MomentReader.ReadInstant(planned, findings) : null,
            fields.Text("override")?.Text)
        {
            Discussed = fields["discussed"] is { } discussed ? SubjectsReader.Read(discussed, findings) : [],
        };
        return (contact, fields.Text("outcome"));
    }

    private string? Declared(Node contact, Node.Scalar? name, string kind, IEnumerable<string>? declared)
    {
        if (name is null)
        {
            findings.Report(contact, new Fault(
                $"The contact has no {kind}.", $"Write `{kind}: …` here, or under `defaults` for all contacts."));
        }
        else if (declared?.Contains(name.Text) == false)
        {
            NamesReader.IsDeclared(name, kind, declared, findings);
        }

        return name?.Text;
    }

    private ImmutableDictionary<string, Node> EntriesOf(Node node)
    {
        if (node is Node.Scalar { IsNothing: true })
        {
            return ImmutableDictionary<string, Node>.Empty;
        }

        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A contact is expected here, not {node.Shape}.",
                "Write `{}` or `{ channel: email }`."));
            return ImmutableDictionary<string, Node>.Empty;
        }

        foreach (Node.Scalar key in map.Entries.Select(static entry => entry.Key))
        {
            if (!Keys.Contains(key.Text) && TraitNames.LabelOf(key.Text) is null)
            {
                string mend = Nearest.To(key.Text, Keys) is { } nearest
                    ? $"Write `{nearest}`."
                    : $"Known are: {string.Join(", ", Keys)}, and labels such as `label.project`.";
                findings.Report(key, new Fault($"{Quoted.Of(key.Text)} is not a key of a contact.", mend));
            }
        }

        return map.Entries.ToImmutableDictionary(static entry => entry.Key.Text, static entry => entry.Value);
    }
}
