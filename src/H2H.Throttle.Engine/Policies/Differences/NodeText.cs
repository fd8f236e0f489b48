using System.Diagnostics;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Differences;

/// <summary>A part of a document on one line, however it was laid out.</summary>
internal static class NodeText
{
    public static string Of(Node? node) => node switch
    {
        null => "nothing",
        Node.Scalar scalar => scalar.Text,
        Node.List list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        Node.Map map =>
            $"{{{string.Join(", ", map.Entries.Select(static entry => $"{entry.Key.Text}: {Of(entry.Value)}"))}}}",
        Node.Broken => "?",
        _ => throw new UnreachableException(),
    };
}
