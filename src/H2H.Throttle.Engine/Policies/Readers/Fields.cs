using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>A map of which is known what keys it may have.</summary>
internal sealed class Fields
{
    /// <summary>A map of so many keys is written out in a mend.</summary>
    private const int ShownMax = 3;

    private readonly Node.Map map;

    private Fields(Node.Map map, bool hasUnknown) => (this.map, HasUnknown) = (map, hasUnknown);

    /// <summary>Whether an unknown key was reported.</summary>
    public bool HasUnknown { get; }

    public Node Map => map;

    /// <summary>What a key stands for, or null if it is not there.</summary>
    public Node? this[string key] => map.Find(key)?.Value;

    /// <summary>Where a key stands, or null if it is not there.</summary>
    public Node? KeyNode(string key) => map.Find(key)?.Key;

    /// <summary>Reports keys that are not known. Null if the node is no map, which is reported too.</summary>
    /// <param name="node">The map.</param>
    /// <param name="owner">What has these keys, as in <c>a rule</c>.</param>
    /// <param name="known">Its keys.</param>
    /// <param name="findings">Takes the reports.</param>
    public static Fields? Of(Node node, string owner, ImmutableArray<string> known, Findings findings)
    {
        if (node is Node.Scalar { IsNothing: true })
        {
            return new Fields(new Node.Map(node.Line, node.Column, []), hasUnknown: false);
        }

        if (node is not Node.Map map)
        {
            findings.Report(node, new Fault(
                $"A map is expected here for {owner}, not {node.Shape}.",
                node is Node.Scalar { Text: var text } && known.Length <= ShownMax
                    ? $"Write `{{ {known[0]}: {text}{OthersOf(known)} }}`."
                    : $"Write keys of: {string.Join(", ", known)}."));
            return null;
        }

        bool hasUnknown = false;
        foreach (Node.Scalar key in map.Entries.Select(static entry => entry.Key))
        {
            if (known.Contains(key.Text))
            {
                continue;
            }

            hasUnknown = true;
            string mend = KeyGuess.Of(key.Text, known)
                ?? (Nearest.To(key.Text, known) is { } nearest
                    ? $"Write `{nearest}`."
                    : $"Known are: {string.Join(", ", known)}.");
            findings.Report(key, new Fault($"{Quoted.Of(key.Text)} is not a key of {owner}.", mend));
        }

        return new Fields(map, hasUnknown);
    }

    private static string OthersOf(ImmutableArray<string> known) =>
        string.Concat(known.Skip(1).Select(static key => $", {key}: …"));
}
