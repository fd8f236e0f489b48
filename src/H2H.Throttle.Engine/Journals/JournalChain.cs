using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Engine.Journals;

/// <summary>The hash chain that ties each journal entry to all before it.</summary>
public static class JournalChain
{
    /// <summary>What the first entry is chained to: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Root { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 over the previous hash, the instant (100 ns ticks since 1970, 8 bytes, little-endian) and then id, kind,
    /// subject and data, each as UTF-8 preceded by its length (4 bytes, little-endian).
    /// </summary>
    public static ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> previous, JournalFact fact)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous.Span);

        Span<byte> instant = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(instant, fact.At.ToUnixTimeTicks());
        hash.AppendData(instant);

        Append(hash, Encoding.UTF8.GetBytes(fact.Id));
        Append(hash, Encoding.UTF8.GetBytes(fact.Kind));
        Append(hash, Encoding.UTF8.GetBytes(fact.Subject));
        Append(hash, fact.Data.Span);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
