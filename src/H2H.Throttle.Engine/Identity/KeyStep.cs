using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Identity;

/// <summary>Makes of a hash under the keys before one under this key as well.</summary>
/// <remarks>
/// Of 128 bits the first half becomes an HMAC-SHA-256 of the first half, and the second an HMAC of both, so that the
/// first 64 bits alone, which lists keep, become the same as those of the whole.
/// </remarks>
internal sealed class KeyStep(byte[] key)
{
    private const int HashBytes = 16;
    private const int HalfBytes = sizeof(ulong);
    private const byte OfFirst = 1;
    private const byte OfWhole = 2;

    /// <param name="hash">128 bits in base64url.</param>
    public string Advance(string hash)
    {
        Span<byte> before = stackalloc byte[HashBytes];
        Base64Url.DecodeFromChars(hash, before);
        Span<byte> after = stackalloc byte[HashBytes];
        Write(OfFirst, before[..HalfBytes], after[..HalfBytes]);
        Write(OfWhole, before, after[HalfBytes..]);
        return Base64Url.EncodeToString(after);
    }

    public ulong Advance(ulong bits)
    {
        Span<byte> before = stackalloc byte[HalfBytes];
        BinaryPrimitives.WriteUInt64BigEndian(before, bits);
        Span<byte> after = stackalloc byte[HalfBytes];
        Write(OfFirst, before, after);
        return BinaryPrimitives.ReadUInt64BigEndian(after);
    }

    private void Write(byte part, ReadOnlySpan<byte> before, Span<byte> after)
    {
        Span<byte> content = stackalloc byte[1 + HashBytes];
        content[0] = part;
        before.CopyTo(content[1..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content[..(1 + before.Length)], hash);
        hash[..HalfBytes].CopyTo(after);
    }
}
