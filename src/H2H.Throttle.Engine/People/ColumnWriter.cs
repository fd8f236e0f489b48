using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Writes a message, most of whose fields are columns of numbers, as protobuf does.</summary>
/// <remarks>Fields may come in any order: each is laid where its number belongs.</remarks>
internal sealed class ColumnWriter
{
    private const int HeadBytes = 2;      // of most fields: the key, and a length below 128
    private const int HeadBytesMax = 2 * Varint.BytesMax;
    private const int RoomBytes = 2048;   // to begin with: most people take less

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(RoomBytes);
    private int length;
    private int message;   // where the message begins that is being written
    private int last;      // its highest field so far

    /// <summary>The number of a row.</summary>
    public delegate ulong Numbering<TRow, TState>(in TRow row, TState state);

    /// <summary>The instant of a row.</summary>
    public delegate Instant Timing<TRow>(in TRow row);

    /// <summary>Writes rows as a message, column by column.</summary>
    public delegate void Writing<TRow, TState>(ColumnWriter columns, ReadOnlySpan<TRow> rows, TState state);

    /// <summary>A message of columns where it is part of what protobuf's own writer writes.</summary>
    /// <returns>Empty if there are no rows.</returns>
    public static ByteString BytesOf<TRow, TState>(
        ReadOnlySpan<TRow> rows, TState state, Writing<TRow, TState> write)
    {
        if (rows.IsEmpty)
        {
            return ByteString.Empty;
        }

        ColumnWriter columns = new();
        write(columns, rows, state);
        return UnsafeByteOperations.UnsafeWrap(columns.Finish());
    }

    /// <summary>A message of columns within this one; nothing if there are no rows.</summary>
    public void WriteMessage<TRow, TState>(
        int field, ReadOnlySpan<TRow> rows, TState state, Writing<TRow, TState> write)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        (int outerMessage, int outerLast) = (message, last);
        int start = Begin();
        (message, last) = (length, 0);
        write(this, rows, state);
        (message, last) = (outerMessage, outerLast);
        End(field, start);
    }

    /// <summary>The numbers of all rows; nothing if every one of them is 0.</summary>
    /// <param name="field">Which.</param>
    /// <param name="rows">One after the other.</param>
    /// <param name="state">Handed to <paramref name="numberOf"/>.</param>
    /// <param name="numberOf">Tells the number of a row.</param>
    public void Write<TRow, TState>(
        int field, ReadOnlySpan<TRow> rows, TState state, Numbering<TRow, TState> numberOf)
    {
        int start = Begin();
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

    /// <summary>The instants of all rows, each less the one before; nothing if there are no rows.</summary>
    public void WriteDeltas<TRow>(int field, ReadOnlySpan<TRow> rows, Timing<TRow> instantOf)
    {
        int start = Begin();
        long before = 0;
        foreach (ref readonly TRow row in rows)
        {
            long at = instantOf(row).ToUnixTimeTicks();
            Add(Varint.Fold(at - before));
            before = at;
        }

        End(field, start);
    }

    /// <summary>A lone number; nothing if it is 0.</summary>
    public void Write(int field, ulong number)
    {
        if (number != 0)
        {
            int start = length;
            AddKey(field, WireType.Number);
            Add(number);
            Settle(field, start);
        }
    }

    /// <summary>A lone number of eight bytes; nothing if it is 0.</summary>
    public void WriteWide(int field, long number)
    {
        if (number != 0)
        {
            int start = length;
            AddKey(field, WireType.EightBytes);
            BinaryPrimitives.WriteInt64LittleEndian(Next(sizeof(long)), number);
            Settle(field, start);
        }
    }

    /// <summary>Texts, a field each.</summary>
    public void Write(int field, ReadOnlySpan<string> texts)
    {
        int start = length;
        foreach (string text in texts)
        {
            int count = Encoding.UTF8.GetByteCount(text);
            AddKey(field, WireType.Counted);
            Add((ulong)count);
            Encoding.UTF8.GetBytes(text, Next(count));
        }

        Settle(field, start);
    }

    /// <summary>These bytes, also if there are none.</summary>
    public void Write(int field, ReadOnlyMemory<byte> content) =>
        Write<ReadOnlyMemory<byte>>(field, [content], static bytes => bytes);

    /// <summary>The bytes of all rows, a field each.</summary>
    public void Write<TRow>(int field, ReadOnlySpan<TRow> rows, Func<TRow, ReadOnlyMemory<byte>> bytesOf)
    {
        int start = length;
        foreach (TRow row in rows)
        {
            ReadOnlySpan<byte> content = bytesOf(row).Span;
            AddKey(field, WireType.Counted);
            Add((ulong)content.Length);
            content.CopyTo(Next(content.Length));
        }

        Settle(field, start);
    }

    /// <summary>Begins a column to which numbers are added one by one.</summary>
    /// <returns>Where, for <see cref="End"/>.</returns>
    public int Begin()
    {
        Next(HeadBytes);
        return length - HeadBytes;
    }

    public void Add(ulong number)
    {
        Reserve(Varint.BytesMax);
        length += Varint.Write(bytes.AsSpan(length), number);
    }

    /// <summary>Ends a column; nothing is written if it has no numbers.</summary>
    public void End(int field, int start)
    {
        int content = length - start - HeadBytes;
        if (content == 0)
        {
            length = start;
            return;
        }

        Span<byte> head = stackalloc byte[HeadBytesMax];
        int headBytes = Varint.Write(head, KeyOf(field, WireType.Counted));
        headBytes += Varint.Write(head[headBytes..], (ulong)content);
        if (headBytes != HeadBytes)
        {
            Reserve(headBytes);
            bytes.AsSpan(start + HeadBytes, content).CopyTo(bytes.AsSpan(start + headBytes));
            length = start + headBytes + content;
        }

        head[..headBytes].CopyTo(bytes.AsSpan(start));
        Settle(field, start);
    }

    /// <summary>The message; nothing may be written any more.</summary>
    public byte[] Finish()
    {
        byte[] written = bytes[..length];
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        return written;
    }

    private static ulong KeyOf(int field, WireType type) => ((ulong)field << FieldReader.TypeBits) | (ulong)type;

    private void AddKey(int field, WireType type) => Add(KeyOf(field, type));

    /// <summary>Moves what was written last before the fields of higher numbers.</summary>
    private void Settle(int field, int start)
    {
        if (field >= last)
        {
            last = field;
            return;
        }

        FieldReader before = new(bytes.AsSpan(message, start - message));
        int place = message;
        while (before.Read() && before.Field <= (ulong)field)
        {
            place = message + before.Place.End.Value;
        }

        bytes.AsSpan(place, start - place).Reverse();
        bytes.AsSpan(start, length - start).Reverse();
        bytes.AsSpan(place, length - place).Reverse();
    }

    private Span<byte> Next(int count)
    {
        Reserve(count);
        length += count;
        return bytes.AsSpan(length - count, count);
    }

    private void Reserve(int count)
    {
        if (bytes.Length - length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(int.Max(length + count, 2 * bytes.Length));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
    }
}
