namespace H2H.Throttle.Engine.People;

/// <summary>A column of numbers, read from the first to the last.</summary>
/// <param name="packed">The numbers; none: every one of them is 0.</param>
internal ref struct NumberColumn(ReadOnlySpan<byte> packed)
{
    private readonly ReadOnlySpan<byte> packed = packed;
    private int place;

    /// <summary>Whether every number is 0.</summary>
    public readonly bool IsEmpty => packed.IsEmpty;

    /// <summary>How many there are.</summary>
    public readonly int Count => Varint.Count(packed);

    /// <summary>The same, if it has so many numbers or none.</summary>
    /// <exception cref="FormatException">It has another length.</exception>
    public readonly NumberColumn Of(int rows) => IsEmpty || Count == rows
        ? this
        : throw new FormatException($"A column has {Count} rows instead of {rows}.");

    /// <summary>At most so many are still to be read.</summary>
    public readonly int BytesLeft => packed.Length - place;

    /// <exception cref="FormatException">There are fewer.</exception>
    public uint Next()
    {
        ulong number = NextOf64Bits();
        return number <= uint.MaxValue
            ? (uint)number
            : throw new FormatException("A number in a record is too large.");
    }

    /// <exception cref="FormatException">There are fewer.</exception>
    public long NextSigned() => Varint.Unfold(NextOf64Bits());

    private ulong NextOf64Bits() => packed.IsEmpty ? 0 : Varint.Read(packed, ref place);
}
