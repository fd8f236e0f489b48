using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>A part of a YAML document, with its place. What an alias repeats is one node in several places.</summary>
internal abstract class Node
{
    private Node(int line, int column, int size, int height) =>
        (Line, Column, Size, Height) = (line, column, size, height);

    /// <summary>From 1. Of an aliased node: where it is written, not where it is repeated.</summary>
    public int Line { get; }

    /// <summary>From 1.</summary>
    public int Column { get; }

    /// <summary>How many nodes it consists of, itself included.</summary>
    public int Size { get; }

    /// <summary>How deep maps and lists stand in it; 0 for a scalar.</summary>
    public int Height { get; }

    /// <summary>What it is, as a reader would call it: <c>a list</c>.</summary>
    public abstract string Shape { get; }

    /// <param name="line">Of its first character.</param>
    /// <param name="column">Of its first character.</param>
    /// <param name="text">Without quotes and escapes; empty if there is none.</param>
    /// <param name="isPlain">Whether it stands without quotes.</param>
    /// <param name="start">Where it starts in the document, quotes included, in UTF-16 units.</param>
    /// <param name="end">Exclusive.</param>
    public sealed class Scalar(int line, int column, string text, bool isPlain, int start, int end)
        : Node(line, column, 1, 0)
    {
        public string Text { get; } = text;

        public int Start { get; } = start;

        public int End { get; } = end;

        /// <summary>Whether nothing stands there.</summary>
        public bool IsNothing { get; } = isPlain && text is "" or "~" or "null";

        public override string Shape => IsNothing ? "nothing" : "a single value";
    }

    public sealed class List(int line, int column, ImmutableArray<Node> items)
        : Node(
            line,
            column,
            1 + items.Sum(static item => item.Size),
            1 + items.Max(static item => (int?)item.Height) ?? 1)
    {
        public ImmutableArray<Node> Items { get; } = items;

        public override string Shape => "a list";
    }

    /// <summary>Keys are unique.</summary>
    public sealed class Map(int line, int column, ImmutableArray<NodeEntry> entries)
        : Node(
            line,
            column,
            1 + entries.Sum(static entry => 1 + entry.Value.Size),
            1 + entries.Max(static entry => (int?)entry.Value.Height) ?? 1)
    {
        public ImmutableArray<NodeEntry> Entries { get; } = entries;

        public override string Shape => "a map";

        public NodeEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);
    }

    /// <summary>Something that cannot be read and has been reported; nothing more is reported of it.</summary>
    public sealed class Broken(int line, int column) : Node(line, column, 1, 0)
    {
        public override string Shape => "unreadable";
    }
}
