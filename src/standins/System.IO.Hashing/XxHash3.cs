using System.Buffers.Binary;

namespace System.IO.Hashing;

/// <summary>XXH3 over 64 bits.</summary>
/// <remarks>Source: the xxHash specification, section "XXH3 Algorithm Overview".</remarks>
public static class XxHash3
{
    private const int StripeBytes = 64;
    private const int SecretStepBytes = 8;
    private const int SecretBytes = 192;
    private const int LanesCount = 8;
    private const int ShortBytesMax = 16;
    private const int MediumBytesMax = 128;
    private const int LongBytesMin = 241;

    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const ulong Short1 = 0x9E3779B1;
    private const ulong Short2 = 0x85EBCA77;
    private const ulong Short3 = 0xC2B2AE3D;
    private const ulong Mix1 = 0x165667919E3779F9;
    private const ulong Mix2 = 0x9FB21C651E98DF25;

    private static ReadOnlySpan<byte> Secret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
        0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
        0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
        0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
        0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
        0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
        0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
        0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
        0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    public static ulong HashToUInt64(ReadOnlySpan<byte> source, long seed = 0) => source.Length switch
    {
        0 => Avalanche64((ulong)seed ^ Read(Secret, 56) ^ Read(Secret, 64)),
        <= 3 => HashTiny(source, (ulong)seed),
        <= 8 => HashSmall(source, (ulong)seed),
        <= ShortBytesMax => HashShort(source, (ulong)seed),
        <= MediumBytesMax => HashMedium(source, (ulong)seed),
        < LongBytesMin => HashLarger(source, (ulong)seed),
        _ => HashLong(source, (ulong)seed),
    };

    private static ulong HashTiny(ReadOnlySpan<byte> source, ulong seed)
    {
        uint combined = ((uint)source[0] << 16) | ((uint)source[source.Length >> 1] << 24)
            | source[^1] | ((uint)source.Length << 8);
        ulong flip = (Read32(Secret, 0) ^ Read32(Secret, 4)) + seed;
        return Avalanche64(combined ^ flip);
    }

    private static ulong HashSmall(ReadOnlySpan<byte> source, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        ulong combined = Read32(source, source.Length - 4) + ((ulong)Read32(source, 0) << 32);
        ulong hash = combined ^ ((Read(Secret, 8) ^ Read(Secret, 16)) - seed);
        hash ^= ulong.RotateLeft(hash, 49) ^ ulong.RotateLeft(hash, 24);
        hash *= Mix2;
        hash ^= (hash >> 35) + (ulong)source.Length;
        hash *= Mix2;
        return hash ^ (hash >> 28);
    }

    private static ulong HashShort(ReadOnlySpan<byte> source, ulong seed)
    {
        ulong low = ((Read(Secret, 24) ^ Read(Secret, 32)) + seed) ^ Read(source, 0);
        ulong high = ((Read(Secret, 40) ^ Read(Secret, 48)) - seed) ^ Read(source, source.Length - 8);
        return Avalanche((ulong)source.Length + BinaryPrimitives.ReverseEndianness(low) + high + Fold(low, high));
    }

    private static ulong HashMedium(ReadOnlySpan<byte> source, ulong seed)
    {
        ulong hash = (ulong)source.Length * Prime1;
        for (int pair = (source.Length - 1) / 32; pair >= 0; pair--)
        {
            hash += Mix(source, pair * 16, pair * 32, seed);
            hash += Mix(source, source.Length - ((pair + 1) * 16), (pair * 32) + 16, seed);
        }

        return Avalanche(hash);
    }

    private static ulong HashLarger(ReadOnlySpan<byte> source, ulong seed)
    {
        ulong hash = (ulong)source.Length * Prime1;
        for (int chunk = 0; chunk < 8; chunk++)
        {
            hash += Mix(source, chunk * 16, chunk * 16, seed);
        }

        hash = Avalanche(hash);
        for (int chunk = 8; chunk < source.Length / 16; chunk++)
        {
            hash += Mix(source, chunk * 16, ((chunk - 8) * 16) + 3, seed);
        }

        return Avalanche(hash + Mix(source, source.Length - 16, 136 - 17, seed));
    }

    private static ulong HashLong(ReadOnlySpan<byte> source, ulong seed)
    {
        Span<byte> secret = stackalloc byte[SecretBytes];
        Secret.CopyTo(secret);
        for (int at = 0; at < secret.Length; at += 16)
        {
            Write(secret, at, Read(secret, at) + seed);
            Write(secret, at + 8, Read(secret, at + 8) - seed);
        }

        Span<ulong> lanes = [Short3, Prime1, Prime2, Prime3, Prime4, Short2, Prime5, Short1];
        int stripesABlock = (secret.Length - StripeBytes) / SecretStepBytes;
        int stripes = (source.Length - 1) / StripeBytes;
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            Accumulate(lanes, source[(stripe * StripeBytes)..], secret[(stripe % stripesABlock * SecretStepBytes)..]);
            if (stripe % stripesABlock == stripesABlock - 1)
            {
                Scramble(lanes, secret[^StripeBytes..]);
            }
        }

        Accumulate(lanes, source[^StripeBytes..], secret[^(StripeBytes + 7)..]);
        return Merge(lanes, secret[11..], (ulong)source.Length * Prime1);
    }

    private static void Accumulate(Span<ulong> lanes, ReadOnlySpan<byte> stripe, ReadOnlySpan<byte> secret)
    {
        for (int lane = 0; lane < LanesCount; lane++)
        {
            ulong value = Read(stripe, lane * 8);
            ulong keyed = value ^ Read(secret, lane * 8);
            lanes[lane ^ 1] += value;
            lanes[lane] += (keyed & uint.MaxValue) * (keyed >> 32);
        }
    }

    private static void Scramble(Span<ulong> lanes, ReadOnlySpan<byte> secret)
    {
        for (int lane = 0; lane < LanesCount; lane++)
        {
            lanes[lane] = (lanes[lane] ^ (lanes[lane] >> 47) ^ Read(secret, lane * 8)) * Short1;
        }
    }

    private static ulong Merge(ReadOnlySpan<ulong> lanes, ReadOnlySpan<byte> secret, ulong start)
    {
        ulong hash = start;
        for (int lane = 0; lane < LanesCount; lane += 2)
        {
            hash += Fold(lanes[lane] ^ Read(secret, lane * 8), lanes[lane + 1] ^ Read(secret, (lane * 8) + 8));
        }

        return Avalanche(hash);
    }

    private static ulong Mix(ReadOnlySpan<byte> source, int at, int secretAt, ulong seed) => Fold(
        Read(source, at) ^ (Read(Secret, secretAt) + seed),
        Read(source, at + 8) ^ (Read(Secret, secretAt + 8) - seed));

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return low ^ high;
    }

    private static ulong Avalanche(ulong hash)
    {
        hash ^= hash >> 37;
        hash *= Mix1;
        return hash ^ (hash >> 32);
    }

    private static ulong Avalanche64(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= Prime2;
        hash ^= hash >> 29;
        hash *= Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Read(ReadOnlySpan<byte> source, int at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(source[at..]);

    private static uint Read32(ReadOnlySpan<byte> source, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);

    private static void Write(Span<byte> target, int at, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(target[at..], value);
}
