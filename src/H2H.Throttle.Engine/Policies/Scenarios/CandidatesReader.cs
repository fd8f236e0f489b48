using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads where the person of a scenario is: a zone, or a list of those where they may be.</summary>
internal static class CandidatesReader
{
    /// <summary>Those that cannot be read are left out.</summary>
    public static ImmutableArray<DateTimeZone> Read(Node node, Findings findings)
    {
        ImmutableArray<Node> nodes = node is Node.List list ? list.Items : [node];
        if (nodes.Length is 0 or > Person.ZonesMax)
        {
            findings.Report(node, new Fault(
                $"{nodes.Length} zones are no candidates.", $"Write a zone, or a list of 2 to {Person.ZonesMax}."));
            return [];
        }

        return
        [
            .. nodes.Select(one => ZoneReader.Read(one, findings)).OfType<DateTimeZone>()
                .DistinctBy(static zone => zone.Id),
        ];
    }
}
