using System.Numerics;
using System.Runtime.InteropServices;

namespace H2H.Throttle.Engine.People;

/// <summary>Numbers of one to ten bytes, least significant part first, as protobuf encodes them.</summary>
internal static class Varint
{
    public const int BytesMax = 10;

    private const int PartBits = 7;
    private const byte Continued = 0x80;
    private const ulong ContinuedInWord = 0x8080_8080_8080_8080;

    /// <summary>Reads a number and moves on behind it.</summary>
    /// <exception cref="FormatException">The bytes end within it, or it has more than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> bytes, ref int place) =>
        place < bytes.Length && bytes[place] < Continued ? bytes[place++] : ReadParts(bytes, ref place);

    private static ulong ReadParts(ReadOnlySpan<byte> bytes, ref int place)
    {
        ulong number = 0;
        for (int shift = 0; place < bytes.Length && shift < BytesMax * PartBits; shift += PartBits)
        {
            byte part = bytes[place++];
            number |= (ulong)(part & ~Continued) << shift;
            if (part < Continued)
            {
                return number;
            }
        }

        throw new FormatException("A number in a record is broken off, or has no end.");
    }

    /// <summary>Writes a number; how many bytes it took.</summary>
    public static int Write(Span<byte> bytes, ulong number)
    {
        int length = 0;
        while (number >= Continued)
        {
            bytes[length++] = (byte)(number | Continued);
            number >>= PartBits;
        }

        bytes[length++] = (byte)number;
        return length;
    }

    /// <summary>How many numbers there are in a row.</summary>
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        int continued = 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            continued += BitOperations.PopCount(word & ContinuedInWord);
        }

        foreach (byte part in bytes[(words.Length * sizeof(ulong))..])
        {
            continued += part >> PartBits;
        }

        return bytes.Length - continued;
    }

    /// <summary>A signed number as one that is small if it is near zero: the zigzag encoding of protobuf.</summary>
    public static ulong Fold(long number) => (ulong)((number << 1) ^ (number >> 63));

    /// <summary>What was folded.</summary>
    public static long Unfold(ulong folded) => (long)(folded >> 1) ^ -(long)(folded & 1);
}
