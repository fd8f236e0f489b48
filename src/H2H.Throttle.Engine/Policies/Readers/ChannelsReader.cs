using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the declared channels.</summary>
internal static class ChannelsReader
{
    /// <summary>In the order of the document; default if they cannot be read.</summary>
    public static ImmutableArray<string> Read(Fields policy, Findings findings)
    {
        if (policy["channels"] is not { } node)
        {
            findings.Report(policy.Map, new Fault(
                "The policy declares no channels.",
                "Write `channels: [email, sms]`."));
            return default;
        }

        if (node is not Node.List { Items.Length: > 0 } list)
        {
            string shape = node is Node.List ? "an empty list" : node.Shape;
            findings.Report(node, new Fault(
                $"A list of channels is expected here, not {shape}.",
                node is Node.Scalar { IsNothing: false, Text: var one }
                    ? $"Write `channels: [{one}]`."
                    : "Write `channels: [email, sms]`."));
            return default;
        }

        if (list.Items.Length > Policy.ChannelsMax)
        {
            findings.Report(list.Items[Policy.ChannelsMax], new Fault(
                $"A policy declares at most {Policy.ChannelsMax} channels.", "Declare fewer."));
        }

        return ReadNames(list, findings);
    }

    private static ImmutableArray<string> ReadNames(Node.List list, Findings findings)
    {
        ImmutableArray<string>.Builder channels = ImmutableArray.CreateBuilder<string>();
        foreach (Node item in list.Items)
        {
            if (NameReader.Read(item, ContactTraits.NameLengthMax, findings) is not { } name)
            {
                continue;
            }

            if (channels.Contains(name))
            {
                findings.Report(item, new Fault(
                    $"The channel {Quoted.Of(name)} is declared twice.",
                    "Keep one of the two."));
            }
            else if (name == UnconfirmedReader.DefaultKey)
            {
                findings.Report(item, new Fault(
                    "A channel cannot be called `default`: `unconfirmed` uses that word for all others.",
                    "Write another name."));
            }
            else
            {
                channels.Add(name);
            }
        }

        return channels.Count > 0 ? channels.ToImmutable() : default;
    }
}
