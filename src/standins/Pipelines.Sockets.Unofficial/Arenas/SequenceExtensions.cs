namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Takes the elements of a sequence out of its arena.</summary>
public static class SequenceExtensions
{
    public static TTo[] ToArray<TFrom, TTo>(this in Sequence<TFrom> source, Projection<TFrom, TTo> projection)
    {
        TTo[] copy = new TTo[source.Length];
        source.CopyTo(copy, projection);
        return copy;
    }

    public static TTo[] ToArray<TFrom, TState, TTo>(
        this in Sequence<TFrom> source, Projection<TFrom, TState, TTo> projection, in TState state)
    {
        Span<TFrom> elements = source.FirstSpan;
        TTo[] copy = new TTo[elements.Length];
        for (int index = 0; index < copy.Length; index++)
        {
            copy[index] = projection(in elements[index], in state);
        }

        return copy;
    }

    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void CopyTo<TFrom, TTo>(
        this in Sequence<TFrom> source, Span<TTo> destination, Projection<TFrom, TTo> projection)
    {
        Span<TFrom> elements = source.FirstSpan;
        if (destination.Length < elements.Length)
        {
            throw new ArgumentException("The destination is too short.", nameof(destination));
        }

        for (int index = 0; index < elements.Length; index++)
        {
            destination[index] = projection(in elements[index]);
        }
    }
}
