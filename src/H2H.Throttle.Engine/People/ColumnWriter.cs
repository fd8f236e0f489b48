using Google.Protobuf;

namespace H2H.Throttle.Engine.People;

/// <summary>Writes a message whose fields are columns of numbers, as <see cref="ColumnReader"/> reads it.</summary>
internal sealed class ColumnWriter
{
    private const int WireTypeBits = 3;
    private const int Counted = 2;
    private const int HeadBytes = 2;   // the key, and a length below 128

    private byte[] bytes = new byte[96];   // enough for one contact
    private int length;

    /// <summary>The number of a row.</summary>
    public delegate ulong Numbering<TRow, TState>(in TRow row, TState state);

    /// <summary>The numbers of all rows; nothing if every one of them is 0.</summary>
    /// <param name="field">1 to <see cref="ColumnReader.FieldMax"/>, higher than those before.</param>
    /// <param name="rows">One after the other.</param>
    /// <param name="state">Handed to <paramref name="numberOf"/>.</param>
    /// <param name="numberOf">Tells the number of a row.</param>
    public void Write<TRow, TState>(
        int field, ReadOnlySpan<TRow> rows, TState state, Numbering<TRow, TState> numberOf)
    {
        int start = length;
        Begin(rows.Length);
        ulong any = 0;
        foreach (ref readonly TRow row in rows)
        {
            ulong number = numberOf(row, state);
            any |= number;
            Add(number);
        }

        if (any == 0)
        {
            length = start;
        }
        else
        {
            End(field, start);
        }
    }

    /// <summary>These numbers, whatever they are; nothing if there are none.</summary>
    public void Write(int field, ReadOnlySpan<ulong> numbers)
    {
        if (!numbers.IsEmpty)
        {
            int start = length;
            Begin(numbers.Length);
            foreach (ulong number in numbers)
            {
                Add(number);
            }

            End(field, start);
        }
    }

    /// <summary>The message; nothing may be written any more.</summary>
    public ByteString ToBytes() => UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, length));

    private void Begin(int count)
    {
        int most = length + HeadBytes + ((count + 1) * Varint.BytesMax);
        if (most > bytes.Length)
        {
            Array.Resize(ref bytes, int.Max(most, 2 * bytes.Length));
        }

        length += HeadBytes;
    }

    private void Add(ulong number) => length += Varint.Write(bytes.AsSpan(length), number);

    private void End(int field, int start)
    {
        Span<byte> head = stackalloc byte[1 + Varint.BytesMax];
        head[0] = (byte)((field << WireTypeBits) | Counted);
        Span<byte> numbers = bytes.AsSpan(start + HeadBytes, length - start - HeadBytes);
        int headBytes = 1 + Varint.Write(head[1..], (ulong)numbers.Length);
        if (headBytes != HeadBytes)
        {
            numbers.CopyTo(bytes.AsSpan(start + headBytes));
        }

        head[..headBytes].CopyTo(bytes.AsSpan(start));
        length += headBytes - HeadBytes;
    }
}
