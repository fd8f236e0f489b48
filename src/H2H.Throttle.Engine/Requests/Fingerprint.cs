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
    private const int NearBytesMax = 1024;   // what is longer is put together on the heap

    public static string Of(string call, params ReadOnlySpan<string?> parts)
    {
        int length = LengthOf(call);
        foreach (string? part in parts)
        {
            length += LengthOf(part);
        }

        Span<byte> near = stackalloc byte[NearBytesMax];
        Span<byte> content = length <= near.Length ? near[..length] : new byte[length];
        int at = Write(content, call);
        foreach (string? part in parts)
        {
            at += Write(content[at..], part);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Base64Url.EncodeToString(hash[..Bytes]);
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

    private static int LengthOf(string? part) =>
        sizeof(int) + (part is null ? 0 : Encoding.UTF8.GetByteCount(part));

    private static int Write(Span<byte> to, string? part)
    {
        int length = part is null ? 0 : Encoding.UTF8.GetBytes(part, to[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(to, part is null ? -1 : length);
        return sizeof(int) + length;
    }
}
