using System.Buffers.Binary;
using System.Security.Cryptography;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>What a record is in Redis: its version, 8 bytes, little-endian, and then its value.</summary>
/// <remarks>
/// Whoever saves draws the new version: 63 random bits, never zero. A number that counted would have to outlive the
/// record, and a clock may be set back; a random one does neither. A save at a version long gone is mistaken for one at
/// the current version once in 2^63 such saves. And the saver knows its version before the answer, so that after a lost
/// answer the record itself tells whether the save was done.
/// </remarks>
internal static class RecordFormat
{
    public const int VersionBytes = sizeof(long);

    private const int DrawnBytes = 1024;   // takes hardly longer to draw than the 8 of one version

    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int drawnLeft;

    public static RecordVersion NewVersion()
    {
        long number;
        do
        {
            number = Draw() & long.MaxValue;
        }
        while (number == 0);

        return new RecordVersion(number);
    }

    private static long Draw()
    {
        if (drawnLeft == 0)
        {
            drawn ??= new byte[DrawnBytes];
            RandomNumberGenerator.Fill(drawn);
            drawnLeft = DrawnBytes;
        }

        drawnLeft -= VersionBytes;
        return BinaryPrimitives.ReadInt64LittleEndian(drawn.AsSpan(drawnLeft));
    }

    /// <summary>A copy: what is sent must not change while it waits to be sent.</summary>
    public static byte[] Write(RecordVersion version, ReadOnlyMemory<byte> value)
    {
        byte[] stored = new byte[VersionBytes + value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(stored, version.Number);
        value.Span.CopyTo(stored.AsSpan(VersionBytes));
        return stored;
    }

    /// <summary>Empty for a record that is not there.</summary>
    public static byte[] Write(RecordVersion version) =>
        version == RecordVersion.Absent ? [] : Write(version, ReadOnlyMemory<byte>.Empty);

    /// <exception cref="StoreException">It is no record.</exception>
    public static Record Read(RedisValue stored)
    {
        if (stored.IsNull)
        {
            return Record.Absent;
        }

        byte[] bytes = (byte[])stored!;
        if (bytes.Length < VersionBytes)
        {
            throw Failures.Foreign("A record");
        }

        RecordVersion version = new(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        return new Record(version, bytes.AsMemory(VersionBytes));
    }
}
