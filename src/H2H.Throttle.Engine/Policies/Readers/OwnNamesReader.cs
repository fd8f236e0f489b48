using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the outcomes and events that a policy adds to the standard ones.</summary>
internal static class OwnNamesReader
{
    /// <summary>The most of each.</summary>
    public const int NamesMax = 100;

    /// <param name="node">A list.</param>
    /// <param name="kind">Of what, in the singular: <c>outcome</c>.</param>
    /// <param name="example">How it is written.</param>
    /// <param name="findings">Takes the reports.</param>
    public static ImmutableHashSet<string> Read(Node node, string kind, string example, Findings findings)
    {
        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of {kind}s is expected here, not {node.Shape}.", $"Write `{example}`."));
            return [];
        }

        if (list.Items.Length > NamesMax)
        {
            findings.Report(list.Items[NamesMax], new Fault(
                $"A policy adds at most {NamesMax} {kind}s.", "Declare fewer."));
        }

        ImmutableHashSet<string>.Builder names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            if (NameReader.Read(item, ContactTraits.NameLengthMax, findings) is { } name && !names.Add(name))
            {
                findings.Report(item, new Fault(
                    $"The {kind} {Quoted.Of(name)} is declared twice.",
                    "Keep one of the two."));
            }
        }

        return names.ToImmutable();
    }
}
