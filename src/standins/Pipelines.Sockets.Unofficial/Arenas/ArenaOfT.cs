namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Lends out elements until it is reset. For one thread at a time, but for <see cref="Dispose"/>.</summary>
/// <remarks>Arrays are left to the garbage collector: what outlives the arena is stale, never another's.</remarks>
public sealed class Arena<T> : IDisposable
{
    private const int BlockLength = 512;

    private T[] block = new T[BlockLength];
    private int used;

    public Arena(ArenaOptions? options = null, Allocator<T>? allocator = null)
    {
    }

    /// <summary>So many elements in one piece, each at its default.</summary>
    public Sequence<T> Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0)
        {
            return default;
        }

        if (length > BlockLength)
        {
            return new Sequence<T>(new T[length], 0, length);
        }

        if (used + length > BlockLength)
        {
            (block, used) = (new T[BlockLength], 0);
        }

        Sequence<T> lent = new(block, used, length);
        used += length;
        return lent;
    }

    /// <summary>Takes back and clears what was lent out since the last reset.</summary>
    public void Reset()
    {
        Array.Clear(block, 0, used);
        used = 0;
    }

    /// <summary>Nothing is held that would have to be given back.</summary>
    public void Dispose()
    {
    }
}
