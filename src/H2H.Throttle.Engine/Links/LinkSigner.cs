using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.Links;

/// <summary>Signs links and knows its own again. Safe from any thread.</summary>
/// <remarks>
/// <para>
/// A token is base64url of: the format (1 byte), the use (1), the person's key (16), the second of issue since 1970 (4,
/// big-endian), channel, purpose, topic and brand (each its length in bytes as 2 big-endian, then UTF-8; absent: length
/// 0), and the first 16 bytes of an HMAC-SHA-256 (RFC 2104) over all of that. It has no readable id; about 80
/// characters for a list of e-mails.
/// </para>
/// <para>
/// The key is derived from the identity key, so that links of another deployment are none here. After a rotation links
/// are signed with the new one. What the old one signed still unsubscribes, for letters live for years and it can do no
/// harm; it opens no page any more, for the old key may be in wrong hands.
/// </para>
/// </remarks>
public sealed class LinkSigner
{
    /// <summary>No token is longer; nothing longer is looked at.</summary>
    public const int TokenLengthMax = 4096;

    private const byte Format = 1;
    private const int PersonBytes = 16;
    private const int HeadBytes = 2 + PersonBytes + 4;
    private const int TagBytes = 16;

    private readonly IdentityHasher hasher;
    private readonly ImmutableArray<byte[]> keys;

    public LinkSigner(IdentityHasher hasher)
    {
        this.hasher = hasher;
        keys = [.. Enumerable.Range(1, hasher.Generation).Select(one => hasher.Derive("links", one))];
    }

    public string Sign(Link link)
    {
        using MemoryStream content = new();
        content.WriteByte(Format);
        content.WriteByte((byte)link.Use);
        content.Write(Base64Url.DecodeFromChars(link.Person.Text));
        Span<byte> issued = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(issued, (uint)link.Issued.ToUnixTimeSeconds());
        content.Write(issued);
        Write(content, link.Scope.Channel);
        Write(content, link.Scope.Purpose);
        Write(content, link.Scope.Topic);
        Write(content, link.Scope.Brand);
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys[^1], content.GetBuffer().AsSpan(0, (int)content.Length), tag);
        content.Write(tag[..TagBytes]);
        return Base64Url.EncodeToString(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>
    /// What a token says; null: this deployment did not sign it or not with its key of now, or its format is unknown.
    /// </summary>
    public Link? Read(string? token)
    {
        if (string.IsNullOrEmpty(token) || token.Length > TokenLengthMax || !Base64Url.IsValid(token))
        {
            return null;
        }

        byte[] bytes = Base64Url.DecodeFromChars(token);
        // One text for one token: spare bits and blanks, which decoding passes over, would make others.
        if (bytes.Length < HeadBytes + TagBytes || Base64Url.EncodeToString(bytes) != token)
        {
            return null;
        }

        ReadOnlySpan<byte> content = bytes.AsSpan(0, bytes.Length - TagBytes);
        int generation = SignedBy(content, bytes.AsSpan(content.Length));
        if (generation == 0 || content[0] != Format)
        {
            return null;
        }

        Link link = ReadSigned(content);
        return generation == keys.Length ? link
            : link.Use is LinkUse.Unsubscribe ? link with { Person = hasher.Advance(link.Person, generation) }
            : null;
    }

    /// <summary>The generation of the key that signed it; 0: none of this deployment.</summary>
    private int SignedBy(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        int generation = keys.Length;
        for (; generation > 0; generation--)
        {
            HMACSHA256.HashData(keys[generation - 1], content, tag);
            if (CryptographicOperations.FixedTimeEquals(tag[..TagBytes], signature))
            {
                break;
            }
        }

        return generation;
    }

    private static Link ReadSigned(ReadOnlySpan<byte> content)
    {
        LinkUse use = (LinkUse)content[1];
        PersonKey person = new(Base64Url.EncodeToString(content.Slice(2, PersonBytes)));
        Instant issued = Instant.FromUnixTimeSeconds(
            BinaryPrimitives.ReadUInt32BigEndian(content[(2 + PersonBytes)..]));
        ReadOnlySpan<byte> rest = content[HeadBytes..];
        Scope scope = new(Read(ref rest), Read(ref rest), Read(ref rest), Read(ref rest));
        return new Link(use, person, scope, issued);
    }

    private static void Write(MemoryStream content, string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)bytes.Length));
        content.Write(length);
        content.Write(bytes);
    }

    private static string? Read(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        string? text = length == 0 ? null : Encoding.UTF8.GetString(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return text;
    }
}
