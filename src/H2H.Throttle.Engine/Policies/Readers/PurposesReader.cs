using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the declared purposes.</summary>
internal static class PurposesReader
{
    private static readonly ImmutableArray<string> Keys = ["capped", "counted", "opt_out", "hours"];

    /// <summary>By name; null if they cannot be read.</summary>
    public static ImmutableDictionary<string, Purpose>? Read(Fields policy, Findings findings)
    {
        if (policy["purposes"] is not { } node)
        {
            findings.Report(policy.Map, new Fault(
                "The policy declares no purposes.", "Write `purposes: { marketing: {} }`."));
            return null;
        }

        if (node is not Node.Map { Entries.Length: > 0 } map)
        {
            string shape = node is Node.Map ? "an empty one" : node.Shape;
            findings.Report(node, new Fault(
                $"A map of purposes is expected here, not {shape}.", "Write `purposes: { marketing: {} }`."));
            return null;
        }

        if (map.Entries.Length > Policy.PurposesMax)
        {
            findings.Report(map.Entries[Policy.PurposesMax].Key, new Fault(
                $"A policy declares at most {Policy.PurposesMax} purposes.", "Declare fewer."));
        }

        ImmutableDictionary<string, Purpose>.Builder purposes = ImmutableDictionary.CreateBuilder<string, Purpose>();
        foreach (NodeEntry entry in map.Entries)
        {
            if (NameReader.Read(entry.Key, ContactTraits.NameLengthMax, findings) is { } name)
            {
                purposes[name] = ReadOne(name, entry.Value, findings);
            }
        }

        return purposes.ToImmutable();
    }

    private static Purpose ReadOne(string name, Node node, Findings findings)
    {
        Purpose purpose = new(name);
        return Fields.Of(node, "a purpose", Keys, findings) is not { } fields ? purpose : purpose with
        {
            IsCapped = fields["capped"] is not { } capped || ValueReader.Flag(capped, findings) != false,
            IsCounted = fields["counted"] is not { } counted || ValueReader.Flag(counted, findings) != false,
            ObeysOptOut = fields["opt_out"] is not { } optOut || !IsIgnored(optOut, findings),
            ObeysHours = fields["hours"] is not { } hours || !IsIgnored(hours, findings),
        };
    }

    private static bool IsIgnored(Node node, Findings findings)
    {
        if (ValueReader.TryText(node, findings, out Node.Scalar? text) && text.Text is not ("ignored" or "obeyed"))
        {
            findings.Report(node, new Fault(
                $"{Quoted.Of(text.Text)} is neither `ignored` nor `obeyed`.",
                "Write `ignored`, or leave the key out."));
        }

        return text?.Text is "ignored";
    }
}
