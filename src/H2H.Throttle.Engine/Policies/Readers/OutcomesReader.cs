using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the outcomes that a policy adds to the standard ones.</summary>
internal static class OutcomesReader
{
    public const int OutcomesMax = 100;

    public static ImmutableHashSet<string> Read(Node node, Findings findings)
    {
        if (node is not Node.List list)
        {
            findings.Report(node, new Fault(
                $"A list of outcomes is expected here, not {node.Shape}.", "Write `outcomes: [ignored, clicked]`."));
            return [];
        }

        if (list.Items.Length > OutcomesMax)
        {
            findings.Report(list.Items[OutcomesMax], new Fault(
                $"A policy adds at most {OutcomesMax} outcomes.", "Declare fewer."));
        }

        ImmutableHashSet<string>.Builder outcomes = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (Node item in list.Items)
        {
            if (NameReader.Read(item, ContactTraits.NameLengthMax, findings) is { } name && !outcomes.Add(name))
            {
                findings.Report(item, new Fault(
                    $"The outcome {Quoted.Of(name)} is declared twice.",
                    "Keep one of the two."));
            }
        }

        return outcomes.ToImmutable();
    }
}
