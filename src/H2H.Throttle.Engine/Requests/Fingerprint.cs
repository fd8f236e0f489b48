using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.Requests;

/// <summary>Tells whether two requests ask for the same.</summary>
/// <remarks>
/// SHA-256 over the parts, each preceded by its length in bytes (4, little-endian; −1 for a part that is absent), cut
/// to 128 bits. The time of the call is no part: a repetition comes later.
/// </remarks>
internal static class Fingerprint
{
    private const int Bytes = 16;

    public static string Of(string call, params ReadOnlySpan<string?> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, call);
        foreach (string? part in parts)
        {
            Append(hash, part);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, Bytes));
    }

    public static string Of(string call, ContactTraits traits, int weight, params ReadOnlySpan<string?> others) => Of(
        call,
        [
            traits.Channel, traits.Purpose, traits.Brand, traits.Campaign, traits.Topic, traits.Sender, traits.Country,
            traits.Address, Number((int)traits.Direction), Number(traits.Priority), Number(weight),
            Number(traits.Subjects.Length), .. traits.Subjects,
            Number(traits.Labels.Count), .. traits.Labels.Keys, .. traits.Labels.Values,
            .. others,
        ]);

    public static string? Number(Instant? at) => at is { } given ? Number(given.ToUnixTimeTicks()) : null;

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Append(IncrementalHash hash, string? part)
    {
        byte[] text = part is null ? [] : Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
