using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads what becomes of reservations that expire: <c>count</c> or <c>release</c>, by channel.</summary>
internal static class UnconfirmedReader
{
    /// <summary>Stands for all channels that are not named. Without it they count.</summary>
    public const string DefaultKey = "default";

    /// <summary>The channels on which an expired reservation no longer counts.</summary>
    public static ImmutableHashSet<string> Read(Node node, ImmutableArray<string> channels, Findings findings)
    {
        ImmutableArray<string> declared = channels.IsDefault ? [] : channels;
        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A map is expected here, not {node.Shape}.",
                "Write `unconfirmed: { default: count, phone: release }`."));
            return [];
        }

        Dictionary<string, bool> releases = [];
        foreach (NodeEntry entry in map.Entries)
        {
            string channel = entry.Key.Text;
            if (channel is not DefaultKey && !channels.IsDefault)
            {
                NamesReader.IsDeclared(entry.Key, "channel", channels, findings);
            }

            releases[channel] = IsReleased(entry.Value, findings);
        }

        bool byDefault = releases.GetValueOrDefault(DefaultKey);
        return [.. declared.Where(channel => releases.TryGetValue(channel, out bool own) ? own : byDefault)];
    }

    private static bool IsReleased(Node node, Findings findings)
    {
        if (ValueReader.TryText(node, findings, out Node.Scalar? text) && text.Text is not ("count" or "release"))
        {
            findings.Report(node, new Fault(
                $"{Quoted.Of(text.Text)} is neither `count` nor `release`.",
                "Write `count` (an unconfirmed contact counts as made) or `release` (it does not)."));
        }

        return text?.Text is "release";
    }
}
