namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Elements in an arena: part of one array, so a single segment, empty by default.</summary>
public readonly struct Sequence<T>
{
    private readonly T[]? array;
    private readonly int offset;
    private readonly int length;

    internal Sequence(T[]? array, int offset, int length) =>
        (this.array, this.offset, this.length) = (array, offset, length);

    public long Length => length;

    public bool IsEmpty => length == 0;

    public bool IsSingleSegment => true;

    public Span<T> FirstSpan => new(array, offset, length);

    public SpanEnumerable Spans => new(this);

    public ref T this[int index] => ref FirstSpan[index];

    public Sequence Untyped() => new(array, offset, length);

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the elements, each by reference.</summary>
    public struct Enumerator
    {
        private readonly Sequence<T> sequence;
        private int index;

        internal Enumerator(Sequence<T> sequence) => (this.sequence, index) = (sequence, -1);

        public readonly ref T Current => ref sequence[index];

        public bool MoveNext() => ++index < sequence.length;

        /// <exception cref="IndexOutOfRangeException">There is none.</exception>
        public ref T GetNext()
        {
            index++;
            return ref Current;
        }
    }

    /// <summary>The segments: one, or none if the sequence is empty.</summary>
    public readonly ref struct SpanEnumerable
    {
        private readonly Sequence<T> sequence;

        internal SpanEnumerable(Sequence<T> sequence) => this.sequence = sequence;

        public SpanEnumerator GetEnumerator() => new(sequence);
    }

    /// <summary>Goes through the segments.</summary>
    public ref struct SpanEnumerator
    {
        private Span<T> next;

        internal SpanEnumerator(Sequence<T> sequence) => next = sequence.FirstSpan;

        public Span<T> Current { readonly get; private set; }

        public bool MoveNext()
        {
            Current = next;
            next = default;
            return !Current.IsEmpty;
        }
    }
}
