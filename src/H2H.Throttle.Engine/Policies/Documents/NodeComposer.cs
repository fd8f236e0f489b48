using System.Collections.Immutable;
using System.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>Makes the nodes of one document out of the parser's events.</summary>
/// <remarks>
/// An alias repeats its anchor's node without a copy, and counts with its full size and height, so neither a document
/// that contains itself nor one that grows as it is repeated can pass the bounds.
/// </remarks>
internal sealed class NodeComposer(IParser parser, Findings findings)
{
    private readonly Dictionary<AnchorName, Node?> anchors = [];
    private int depth;
    private int size;
    private bool isStopped;

    /// <summary>The root; null if a bound was passed, which has been reported.</summary>
    public Node? Compose()
    {
        Node root = ComposeNext();
        return isStopped ? null : root;
    }

    private Node ComposeNext()
    {
        ParsingEvent next = parser.Consume<ParsingEvent>();
        (int line, int column) = ((int)next.Start.Line, (int)next.Start.Column);
        if (next is AnchorAlias alias)
        {
            return Repeat(alias, line, column);
        }

        // Of some malformed maps the parser makes a key without a value.
        NodeEvent node = next as NodeEvent
            ?? throw new SemanticErrorException(next.Start, next.End, "A key has no value.");
        if (!Grow(1, line, column))
        {
            return new Node.Broken(line, column);
        }

        if (!node.Tag.IsEmpty)
        {
            findings.Report(line, column, new Fault(
                $"A tag ({Quoted.Of(node.Tag.Value)}) stands here.", "Leave it out; each key knows what it holds."));
        }

        if (!node.Anchor.IsEmpty)
        {
            anchors[node.Anchor] = null;
        }

        Node composed = node switch
        {
            Scalar scalar => new Node.Scalar(
                line,
                column,
                scalar.Value,
                scalar.Style is ScalarStyle.Plain,
                (int)scalar.Start.Index,
                (int)scalar.End.Index),
            SequenceStart => Nested(line, column, ComposeList),
            MappingStart => Nested(line, column, ComposeMap),
            _ => throw new UnreachableException(),
        };
        if (!node.Anchor.IsEmpty)
        {
            anchors[node.Anchor] = composed;
        }

        return composed;
    }

    private Node Repeat(AnchorAlias alias, int line, int column)
    {
        string name = alias.Value.Value;
        if (!anchors.TryGetValue(alias.Value, out Node? anchored))
        {
            findings.Report(line, column, new Fault(
                $"`*{name}` repeats something that is not written above.", $"Mark what it repeats with `&{name}`."));
        }
        else if (anchored is null)
        {
            findings.Report(line, column, new Fault(
                $"`*{name}` stands inside `&{name}`, which would contain itself without end.",
                "Write out what is meant."));
        }
        else if (Grow(anchored.Size, line, column) && IsShallow(depth + anchored.Height, line, column))
        {
            return anchored;
        }

        return new Node.Broken(line, column);
    }

    private Node Nested(int line, int column, Func<int, int, Node> compose)
    {
        depth++;
        Node node = IsShallow(depth, line, column) ? compose(line, column) : new Node.Broken(line, column);
        depth--;
        return node;
    }

    private Node.List ComposeList(int line, int column)
    {
        ImmutableArray<Node>.Builder items = ImmutableArray.CreateBuilder<Node>();
        while (!isStopped && !parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ComposeNext());
        }

        return new Node.List(line, column, items.ToImmutable());
    }

    private Node.Map ComposeMap(int line, int column)
    {
        Dictionary<string, int> lines = [];
        ImmutableArray<NodeEntry>.Builder entries = ImmutableArray.CreateBuilder<NodeEntry>();
        while (!isStopped && !parser.TryConsume<MappingEnd>(out _))
        {
            Node key = ComposeNext();
            Node value = isStopped ? key : ComposeNext();
            if (isStopped)
            {
                break;
            }

            if (key is not Node.Scalar name)
            {
                findings.Report(key, new Fault(
                    $"A key is expected here, not {key.Shape}.",
                    "Write a word and a colon."));
            }
            else if (string.IsNullOrWhiteSpace(name.Text))
            {
                findings.Report(key, new Fault("A key is missing before a colon here.", "Write a word and a colon."));
            }
            else if (name is { Text: "<<" })
            {
                findings.Report(key, new Fault(
                    "`<<` merges are not read.",
                    "Write the keys out, or alias a whole value."));
            }
            else if (!lines.TryAdd(name.Text, name.Line))
            {
                findings.Report(key, new Fault(
                    $"{Quoted.Of(name.Text)} stands here a second time; the first is on line {lines[name.Text]}.",
                    "Keep one of the two."));
            }
            else
            {
                entries.Add(new NodeEntry(name, value));
            }
        }

        return new Node.Map(line, column, entries.ToImmutable());
    }

    private bool Grow(int by, int line, int column)
    {
        size += by;
        if (size > DocumentReader.NodesMax && !isStopped)
        {
            isStopped = true;
            findings.Report(line, column, new Fault(
                $"The document holds more than {DocumentReader.NodesMax} keys and values, repeated ones included.",
                "Make it smaller, and repeat less by aliases."));
        }

        return !isStopped;
    }

    private bool IsShallow(int levels, int line, int column)
    {
        if (levels > DocumentReader.DepthMax && !isStopped)
        {
            isStopped = true;
            findings.Report(line, column, new Fault(
                $"Lists and maps stand more than {DocumentReader.DepthMax} deep in each other.", "Write it flatter."));
        }

        return !isStopped;
    }
}
