using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Engine.Identity;

/// <summary>Turns ids and addresses into keyed hashes, the only form in which they are stored.</summary>
/// <remarks>
/// HMAC-SHA-256 (RFC 2104), cut to 128 bits. What it is a hash of goes in as well, so that an id and an address that
/// read alike do not hash alike. Without the key nobody can try names against the store.
/// </remarks>
public sealed class IdentityHasher
{
    public const int KeyBytes = 32;

    private const int HashBytes = 16;
    private const int NearBytesMax = 512;   // what is longer is put together on the heap
    private readonly byte[] key;

    /// <param name="key">
    /// Exactly <see cref="KeyBytes"/> random bytes; whoever loses them loses the link to all records.
    /// </param>
    public IdentityHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes, nameof(key));
        this.key = key.ToArray();
    }

    /// <summary>By the caller's id.</summary>
    public PersonKey Person(string id) => new(Hash("person", id));

    /// <summary>
    /// By an address, as long as it is not linked to another person. Whoever knows the hash of the address, from a list
    /// that was exported, still cannot tell who that is.
    /// </summary>
    /// <param name="form">As in <see cref="AddressForm"/>.</param>
    public PersonKey PersonAt(string form) => new(Hash("person-at", Hash("address", form)));

    /// <summary>A household and an account of the same id are two pools.</summary>
    public PoolKey Pool(string kind, string id) => new(Hash("pool", $"{kind}\0{id}"));

    /// <summary>However it is written: see <see cref="AddressForm"/>.</summary>
    public string Address(string address) => Hash("address", AddressForm.Of(address));

    /// <summary>The first 64 bits of what <see cref="Address"/> writes out, for lists.</summary>
    public ulong AddressBits(string address) => BinaryPrimitives.ReadUInt64BigEndian(
        Digest("address", AddressForm.Of(address), stackalloc byte[HMACSHA256.HashSizeInBytes]));

    /// <summary>The first 64 bits of a hash that <see cref="Address"/> wrote.</summary>
    public static ulong BitsOf(string addressHash)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Base64Url.DecodeFromChars(addressHash, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Of a request id: short, and the same for the same id.</summary>
    public string Request(string requestId) => Hash("request", requestId);

    /// <summary>A key for another use, by which this one cannot be found: HMAC-SHA-256 of the use's name.</summary>
    public byte[] Derive(string use) =>
        Digest("derive", use, stackalloc byte[HMACSHA256.HashSizeInBytes]).ToArray();

    /// <summary>Stands for the key itself: tells one key from another and nothing else.</summary>
    public string Key => Hash("key", "");

    private string Hash(string kind, string text) =>
        Base64Url.EncodeToString(Digest(kind, text, stackalloc byte[HMACSHA256.HashSizeInBytes])[..HashBytes]);

    /// <param name="kind">What it is a hash of.</param>
    /// <param name="text">Of any length.</param>
    /// <param name="hash">Room for it.</param>
    private ReadOnlySpan<byte> Digest(string kind, string text, Span<byte> hash)
    {
        Span<byte> near = stackalloc byte[NearBytesMax];
        int length = Encoding.UTF8.GetByteCount(kind) + 1 + Encoding.UTF8.GetByteCount(text);
        Span<byte> content = length <= near.Length ? near[..length] : new byte[length];
        int start = Encoding.UTF8.GetBytes(kind, content);
        content[start++] = 0;
        Encoding.UTF8.GetBytes(text, content[start..]);
        HMACSHA256.HashData(key, content, hash);
        return hash;
    }
}
