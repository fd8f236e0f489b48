using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads whom a scenario is about.</summary>
internal static class ScenarioPersonReader
{
    private static readonly ImmutableArray<string> Keys = ["zone", "country", "attributes", "quiet"];

    public static Person Read(Node node, Findings findings)
    {
        if (Fields.Of(node, "a person", Keys, findings) is not { } fields)
        {
            return Person.Unknown;
        }

        Person person = new()
        {
            Country = fields["country"] is { } country ? CountryReader.Read(country, findings) : null,
            Attributes = fields["attributes"] is { } attributes
                ? ReadAttributes(attributes, findings)
                : Person.Unknown.Attributes,
            QuietTimes = fields["quiet"] is { } quiet && QuietStepReader.Read(quiet, findings) is { } times
                ? [times]
                : [],
        };
        return fields["zone"] is { } zone ? PersonZones.Set(person, CandidatesReader.Read(zone, findings)) : person;
    }

    private static ImmutableSortedDictionary<string, string> ReadAttributes(Node node, Findings findings)
    {
        ImmutableSortedDictionary<string, string>.Builder attributes =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A map of attributes is expected here, not {node.Shape}.",
                "Write `{ tier: gold }`."));
            return attributes.ToImmutable();
        }

        foreach (NodeEntry entry in map.Entries)
        {
            if (ValueReader.TryText(entry.Value, Person.AttributeLengthMax, findings, out Node.Scalar? value))
            {
                attributes[entry.Key.Text] = value.Text;
            }
        }

        return attributes.ToImmutable();
    }
}
