using System.Buffers.Binary;
using System.Runtime.InteropServices;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Lists;

/// <summary>A piece of a list as the record store keeps it.</summary>
/// <remarks>
/// The number of its format and the number of its entries, 4 bytes each, then the entries, 8 bytes each, ascending; all
/// little-endian. An entry is the first 64 bits of an address's keyed hash.
/// </remarks>
internal static class SegmentFormat
{
    public const string Kind = "list-segment";

    /// <summary>The most entries of a segment: 256 KiB, which a store over a network saves in no time.</summary>
    public const int EntriesMax = 32 * 1024;

    private const int Format = 1;
    private const int HeadBytes = 8;

    /// <param name="entries">Ascending.</param>
    public static byte[] Write(ReadOnlySpan<ulong> entries)
    {
        byte[] bytes = new byte[HeadBytes + (entries.Length * sizeof(ulong))];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Format);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), entries.Length);
        Span<ulong> body = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(HeadBytes));
        entries.CopyTo(body);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(body, body);
        }

        return bytes;
    }

    /// <summary>Reads a segment into the start of a span, and answers with how many entries it has.</summary>
    /// <exception cref="StoreException">It is damaged or of a newer format, or there is no room for it.</exception>
    public static int Read(ReadOnlySpan<byte> bytes, Span<ulong> into)
    {
        if (bytes.Length >= HeadBytes && BinaryPrimitives.ReadInt32LittleEndian(bytes) > Format)
        {
            throw new StoreException(
                StoreFailure.Newer, "A suppression list has a newer format. Run the version that wrote it.");
        }

        int count = bytes.Length < HeadBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (count < 0 || count > into.Length || bytes.Length != HeadBytes + ((long)count * sizeof(ulong)))
        {
            throw new StoreException(StoreFailure.Damaged, "A segment of a suppression list is damaged.");
        }

        Span<ulong> body = into[..count];
        MemoryMarshal.Cast<byte, ulong>(bytes[HeadBytes..]).CopyTo(body);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(body, body);
        }

        return count;
    }
}
