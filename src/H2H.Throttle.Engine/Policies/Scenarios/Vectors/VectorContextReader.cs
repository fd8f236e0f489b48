using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios.Vectors;

/// <summary>Reads the <c>context</c> of a vector.</summary>
internal static class VectorContextReader
{
    private static readonly ImmutableArray<string> FactKeys =
        ["live_operator_guaranteed", "current_contract_related", "soft_opt_in"];

    private static readonly ImmutableArray<string> Keys =
        ["zones", "inconvenient", "registry_snapshot_date", "listed", "suppression_hash_match", .. FactKeys];

    /// <param name="node">Null: there is none.</param>
    /// <param name="policy">Whose list the registry is.</param>
    /// <param name="zone">Where a date starts.</param>
    /// <param name="findings">Takes the reports.</param>
    public static VectorContext Read(Node? node, Policy policy, DateTimeZone zone, Findings findings)
    {
        if (node is null || Fields.Of(node, "a context", Keys, findings) is not { } fields)
        {
            return new VectorContext();
        }

        return new VectorContext
        {
            Zones = fields["zones"] is { } zones ? CandidatesReader.Read(zones, findings) : [],
            QuietTimes = fields["inconvenient"] is Node.List times
                ? [.. times.Items.GroupBy(UntilOf).Select(group => ReadQuiet([.. group], group.Key, findings))
                    .OfType<PersonQuiet>()]
                : [],
            Lists = ListsOf(fields, policy, zone, findings),
            Labels = FactKeys
                .Where(key => fields[key] is not null)
                .ToImmutableSortedDictionary(
                    static key => key, key => IsTrue(fields, key, findings) ? "true" : "false", StringComparer.Ordinal),
            WasSuppressed = IsTrue(fields, "suppression_hash_match", findings),
        };
    }

    /// <summary>The last day for which an entry holds, as it is written; empty: for good.</summary>
    private static string UntilOf(Node entry) => TextOf(entry, "until") ?? "";

    /// <summary>
    /// What the person said for the same time, <c>{ days: [mon], from: "15:00", to: "17:00" }</c>, as one.
    /// </summary>
    private static PersonQuiet? ReadQuiet(ImmutableArray<Node> entries, string until, Findings findings)
    {
        ImmutableArray<NodeEntry> days =
        [
            .. from entry in entries
               from day in (entry as Node.Map)?.Find("days")?.Value is Node.List list ? list.Items : []
               where day is Node.Scalar
               select new NodeEntry(
                   (Node.Scalar)day,
                   new Node.Scalar(
                       entry.Line,
                       entry.Column,
                       $"{TextOf(entry, "from")}-{TextOf(entry, "to")}",
                       isPlain: false,
                       start: 0,
                       end: 0)),
        ];
        QuietTimes? times = QuietReader.Read(entries[0], days, findings);
        return times is null
            ? null
            : new PersonQuiet(Scope.Everything, times.Schedule, times.Text, QuietText.ReadDay(until));
    }

    private static string? TextOf(Node entry, string key) =>
        ((entry as Node.Map)?.Find(key)?.Value as Node.Scalar)?.Text;

    private static ImmutableArray<ScenarioList> ListsOf(
        Fields fields, Policy policy, DateTimeZone zone, Findings findings)
    {
        bool isListed = IsTrue(fields, "listed", findings);
        return fields["registry_snapshot_date"] is { } date && MomentReader.Read(date, zone, findings) is { } asOf
            ? [.. policy.Lists.Select(list => new ScenarioList(list, asOf, isListed ? [VectorContext.Address] : []))]
            : [];
    }

    private static bool IsTrue(Fields fields, string key, Findings findings) =>
        fields[key] is { } flag && ValueReader.Flag(flag, findings) == true;
}
