using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Engine.Identity;

/// <summary>Turns ids and addresses into keyed hashes, the only form in which they are stored.</summary>
/// <remarks>
/// <para>
/// HMAC-SHA-256 (RFC 2104), cut to 128 bits. What it is a hash of goes in as well, so that an id and an address that
/// read alike do not hash alike. Without the key nobody can try names against the store.
/// </para>
/// <para>
/// After a rotation there are several keys, the oldest first: the first makes a hash of the name, and each later one a
/// hash of the hash before. So a store is brought under a new key without anybody's name, and whoever has but some of
/// the keys can try no names. See <see cref="KeyStep"/>.
/// </para>
/// </remarks>
public sealed class IdentityHasher
{
    public const int KeyBytes = 32;

    private const int HashBytes = 16;
    private const int NearBytesMax = 512;   // what is longer is put together on the heap

    // Setting a key up takes longer than hashing by it, so each thread keeps the last one ready.
    [ThreadStatic]
    private static IncrementalHash? ready;

    [ThreadStatic]
    private static byte[]? readyKey;

    private readonly ImmutableArray<byte[]> keys;
    private readonly ImmutableArray<KeyStep> steps;

    /// <param name="key">
    /// Exactly <see cref="KeyBytes"/> random bytes; whoever loses them loses the link to all records.
    /// </param>
    public IdentityHasher(ReadOnlySpan<byte> key) : this([key.ToArray()]) { }

    /// <param name="keys">One, and those that it was rotated to since; each as above.</param>
    public IdentityHasher(ImmutableArray<byte[]> keys)
    {
        ArgumentOutOfRangeException.ThrowIfZero(keys.Length, nameof(keys));
        foreach (byte[] key in keys)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes, nameof(keys));
        }

        (this.keys, steps) = (keys, [.. keys.Skip(1).Select(static key => new KeyStep(key))]);
    }

    /// <summary>How many keys there are: one more than rotations.</summary>
    public int Generation => keys.Length;

    /// <summary>Stands for the keys together: tells one store's from another's and nothing else.</summary>
    public string Key => KeyOf(Generation);

    /// <summary>By the caller's id.</summary>
    public PersonKey Person(string id) => new(Hash("person", id));

    /// <summary>
    /// By an address, as long as it is not linked to another person. Whoever knows the hash of the address, from a list
    /// that was exported, still cannot tell who that is.
    /// </summary>
    /// <param name="form">As in <see cref="AddressForm"/>.</param>
    public PersonKey PersonAt(string form) => new(Advance(First("person-at", First("address", form)), 1));

    /// <summary>A household and an account of the same id are two pools.</summary>
    public PoolKey Pool(string kind, string id) => new(Hash("pool", $"{kind}\0{id}"));

    /// <summary>However it is written: see <see cref="AddressForm"/>.</summary>
    public string Address(string address) => Hash("address", AddressForm.Of(address));

    /// <summary>The first 64 bits of what <see cref="Address"/> writes out, for lists.</summary>
    public ulong AddressBits(string address) => AdvanceBits(
        BinaryPrimitives.ReadUInt64BigEndian(
            Digest("address", AddressForm.Of(address), stackalloc byte[HMACSHA256.HashSizeInBytes])),
        1);

    /// <summary>The first 64 bits of a hash that <see cref="Address"/> wrote.</summary>
    public static ulong BitsOf(string addressHash)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        Base64Url.DecodeFromChars(addressHash, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>Of a request id: short, and the same for the same id.</summary>
    public string Request(string requestId) => Hash("request", requestId);

    /// <summary>
    /// A key for another use, by which the identity key cannot be found: HMAC-SHA-256 of the use's name.
    /// </summary>
    /// <param name="use">Its name.</param>
    /// <param name="generation">Of which key, from 1; after a rotation the old one is known to still read by.</param>
    public byte[] Derive(string use, int generation) => Digest(
        keys[generation - 1], "derive", use, stackalloc byte[HMACSHA256.HashSizeInBytes]).ToArray();

    /// <summary>As <see cref="Key"/>, of the first so many keys: of what they were before rotations.</summary>
    public string KeyOf(int generation) => Advance(First("key", ""), 1, generation);

    /// <summary>The generation whose <see cref="KeyOf"/> this is; null: of none.</summary>
    public int? GenerationOf(string keyId)
    {
        for (int generation = Generation; generation > 0; generation--)
        {
            if (KeyOf(generation) == keyId)
            {
                return generation;
            }
        }

        return null;
    }

    /// <summary>What a hash of an earlier generation has become.</summary>
    public string Advance(string hash, int generation) => Advance(hash, generation, Generation);

    /// <inheritdoc cref="Advance(string, int)"/>
    public PersonKey Advance(PersonKey person, int generation) => new(Advance(person.Text, generation));

    /// <summary>As <see cref="Advance(string, int)"/>, of the first 64 bits alone.</summary>
    public ulong AdvanceBits(ulong bits, int generation)
    {
        foreach (KeyStep step in steps.AsSpan()[(generation - 1)..])
        {
            bits = step.Advance(bits);
        }

        return bits;
    }

    /// <summary>
    /// What a person's key of a generation that nobody has told may have become, the latest rotation first. Itself is
    /// not among them; without a rotation none is.
    /// </summary>
    public IEnumerable<PersonKey> Successors(PersonKey person)
    {
        for (int generation = Generation - 1; generation > 0; generation--)
        {
            yield return Advance(person, generation);
        }
    }

    /// <summary>
    /// Whom the subject of a fact may mean by now, which was written in a generation that nobody has told: itself, and
    /// what it may have become.
    /// </summary>
    public IEnumerable<string> ReadingsOf(string subject) =>
        Generation == 1 || subject.Length != PersonKey.Length || !Base64Url.IsValid(subject)
            ? [subject]
            : [subject, .. Successors(new PersonKey(subject)).Select(static one => one.Text)];

    private string Advance(string hash, int from, int to)
    {
        foreach (KeyStep step in steps.AsSpan(from - 1, to - from))
        {
            hash = step.Advance(hash);
        }

        return hash;
    }

    private string Hash(string kind, string text) => Advance(First(kind, text), 1);

    private string First(string kind, string text) =>
        Base64Url.EncodeToString(Digest(kind, text, stackalloc byte[HMACSHA256.HashSizeInBytes])[..HashBytes]);

    private ReadOnlySpan<byte> Digest(string kind, string text, Span<byte> hash) => Digest(keys[0], kind, text, hash);

    /// <param name="key">Of one generation.</param>
    /// <param name="kind">What it is a hash of.</param>
    /// <param name="text">Of any length.</param>
    /// <param name="hash">Room for it.</param>
    private static ReadOnlySpan<byte> Digest(byte[] key, string kind, string text, Span<byte> hash)
    {
        Span<byte> near = stackalloc byte[NearBytesMax];
        int length = Encoding.UTF8.GetByteCount(kind) + 1 + Encoding.UTF8.GetByteCount(text);
        Span<byte> content = length <= near.Length ? near[..length] : new byte[length];
        int start = Encoding.UTF8.GetBytes(kind, content);
        content[start++] = 0;
        Encoding.UTF8.GetBytes(text, content[start..]);
        if (ready is null || !ReferenceEquals(readyKey, key))
        {
            ready?.Dispose();
            ready = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            readyKey = key;
        }

        ready.AppendData(content);
        ready.GetHashAndReset(hash);
        return hash;
    }
}
