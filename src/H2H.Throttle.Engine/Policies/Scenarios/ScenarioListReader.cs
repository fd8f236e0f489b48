using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads the suppression lists of a scenario.</summary>
/// <param name="zone">Where a list that gives a date begins that day; null: in UTC.</param>
/// <param name="findings">Takes the reports.</param>
internal sealed class ScenarioListReader(DateTimeZone? zone, Findings findings)
{
    private static readonly ImmutableArray<string> Keys = ["name", "as_of", "holds"];

    /// <summary>Those that are loaded as the scenario begins; what cannot be read is reported and left out.</summary>
    public ImmutableArray<ScenarioList> ReadAll(Node node)
    {
        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of suppression lists is expected here, not {node.Shape}.",
                "Write `[ { name: us-national-dnc, as_of: 2026-03-01, holds: [] } ]`."));
            return [];
        }

        ImmutableArray<ScenarioList>.Builder read = ImmutableArray.CreateBuilder<ScenarioList>();
        foreach (Node item in list.Items)
        {
            if (Read(item) is not { } one)
            {
                continue;
            }

            if (read.Any(other => other.Name == one.Name))
            {
                findings.Report(item, new Fault(
                    $"{Quoted.Of(one.Name)} is there twice.", "Load a newer copy in a step: `list: { … }`."));
            }

            read.Add(one);
        }

        return read.ToImmutable();
    }

    /// <summary>Null if it cannot be read.</summary>
    public ScenarioList? Read(Node node)
    {
        if (Fields.Of(node, "a suppression list", Keys, findings) is not { } fields)
        {
            return null;
        }

        if (fields["name"] is not { } named || fields["as_of"] is not { } dated)
        {
            findings.Report(node, new Fault(
                "A suppression list needs `name` and `as_of`.",
                "Write `{ name: us-national-dnc, as_of: 2026-03-01, holds: [] }`."));
            return null;
        }

        string? name = ListNameReader.Read(named, findings);
        Instant? asOf = MomentReader.Read(dated, zone, findings);
        ImmutableArray<string> holds = fields["holds"] is { } held ? AddressesOf(held) : [];
        return name is null || asOf is null ? null : new ScenarioList(name, asOf.Value, holds);
    }

    private ImmutableArray<string> AddressesOf(Node node)
    {
        ImmutableArray<string>.Builder addresses = ImmutableArray.CreateBuilder<string>();
        foreach (Node one in node is Node.List list ? list.Items : [node])
        {
            if (ValueReader.TryText(one, ContactTraits.NameLengthMax, findings, out Node.Scalar? address))
            {
                addresses.Add(address.Text);
            }
        }

        return addresses.ToImmutable();
    }
}
