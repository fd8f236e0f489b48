using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace H2H.Throttle.Engine.Identity;

/// <summary>
/// Ids that rise with time: UUIDs of version 7 (RFC 9562) in 32 hexadecimal digits. Safe from any thread.
/// </summary>
/// <remarks>
/// As <see cref="Guid.CreateVersion7()"/> makes them, which asks the system for random bits each time. A thread draws
/// those of many ids at once: that takes hardly longer than those of one.
/// </remarks>
internal static class TimedId
{
    private const int IdBytes = 16;
    private const int DrawnBytes = 64 * IdBytes;

    [ThreadStatic]
    private static byte[]? drawn;

    [ThreadStatic]
    private static int drawnLeft;

    /// <param name="at">The time that it bears.</param>
    public static string New(Instant at)
    {
        Span<byte> id = stackalloc byte[IdBytes];
        Draw(id);
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0f) | 0x70);   // the version
        id[8] = (byte)((id[8] & 0x3f) | 0x80);   // the variant
        return Convert.ToHexStringLower(id);
    }

    private static void Draw(Span<byte> bits)
    {
        if (drawnLeft == 0)
        {
            drawn ??= new byte[DrawnBytes];
            RandomNumberGenerator.Fill(drawn);
            drawnLeft = DrawnBytes;
        }

        drawnLeft -= bits.Length;
        drawn.AsSpan(drawnLeft, bits.Length).CopyTo(bits);
    }
}
