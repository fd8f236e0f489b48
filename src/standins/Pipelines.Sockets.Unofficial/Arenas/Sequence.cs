namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A <see cref="Sequence{T}"/> that does not say of what.</summary>
public readonly struct Sequence
{
    private readonly Array? array;
    private readonly int offset;
    private readonly int length;

    internal Sequence(Array? array, int offset, int length) =>
        (this.array, this.offset, this.length) = (array, offset, length);

    public long Length => length;

    /// <exception cref="InvalidCastException">It is a sequence of something else.</exception>
    public Sequence<T> Cast<T>() => new((T[]?)array, offset, length);
}
