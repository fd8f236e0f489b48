using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads who shares limits in a scenario: <c>{ household: [ann, bob] }</c>.</summary>
internal static class ScenarioPoolReader
{
    public const int NameLengthMax = 64;

    public static ImmutableArray<ScenarioPool> Read(Node node, Findings findings)
    {
        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A map of pools is expected here, not {node.Shape}.", "Write `pool: { household: [ann, bob] }`."));
            return [];
        }

        if (map.Entries.Length > Pool.PoolsMax)
        {
            findings.Report(map.Entries[Pool.PoolsMax].Key, new Fault(
                $"A scenario has at most {Pool.PoolsMax} pools.", "Make several scenarios of it."));
        }

        return [.. map.Entries.Select(entry => ReadOne(entry, findings)).OfType<ScenarioPool>()];
    }

    private static ScenarioPool? ReadOne(NodeEntry entry, Findings findings)
    {
        ImmutableArray<string> people =
        [
            .. ValueReader.OneOrMany(entry.Value, findings)
                .Select(person => NameReader.Read(person, NameLengthMax, findings))
                .OfType<string>()
                .Distinct(),
        ];
        return NameReader.Read(entry.Key, Pool.KindLengthMax, findings) is { } kind
            ? new ScenarioPool(kind, people)
            : null;
    }
}
