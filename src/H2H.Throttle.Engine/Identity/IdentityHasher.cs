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
    private readonly byte[] key;

    /// <param name="key">
    /// Exactly <see cref="KeyBytes"/> random bytes; whoever loses them loses the link to all records.
    /// </param>
    public IdentityHasher(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes, nameof(key));
        this.key = key.ToArray();
    }

    public PersonKey Person(string id) => new(Hash("person", id));

    /// <summary>A household and an account of the same id are two pools.</summary>
    public PoolKey Pool(string kind, string id) => new(Hash("pool", $"{kind}\0{id}"));

    public string Address(string address) => Hash("address", address);

    /// <summary>Of a request id: short, and the same for the same id.</summary>
    public string Request(string requestId) => Hash("request", requestId);

    /// <summary>Stands for the key itself: tells one key from another and nothing else.</summary>
    public string Key => Hash("key", "");

    private string Hash(string kind, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\0{text}"), hash);
        return Base64Url.EncodeToString(hash[..HashBytes]);
    }
}
