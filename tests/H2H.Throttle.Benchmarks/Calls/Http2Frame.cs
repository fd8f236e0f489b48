using System.Buffers.Binary;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>The few frames of HTTP/2 that a gRPC call is made of (RFC 9113, section 6).</summary>
internal static class Http2Frame
{
    public const int HeaderBytes = 9;
    public const int PayloadBytesMax = 16_384;   // what every peer takes unasked

    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;

    public const byte EndStream = 1;
    public const byte Acknowledged = 1;
    public const byte EndHeaders = 4;

    public static void Write(Span<byte> to, int length, byte type, byte flags, int stream)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, length << 8 | type);
        to[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(to[5..], stream);
    }

    public static (int Length, byte Type, byte Flags, int Stream) Read(ReadOnlySpan<byte> from)
    {
        int lengthAndType = BinaryPrimitives.ReadInt32BigEndian(from);
        return (
            (int)((uint)lengthAndType >> 8),
            (byte)lengthAndType,
            from[4],
            BinaryPrimitives.ReadInt32BigEndian(from[5..]) & int.MaxValue);
    }
}
