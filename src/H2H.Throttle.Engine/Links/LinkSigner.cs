using System.Buffers.Binary;
using System.Buffers.Text;
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
/// <para>The key is derived from the identity key, so that links of another deployment are none here.</para>
/// </remarks>
public sealed class LinkSigner
{
    /// <summary>No token is longer; nothing longer is looked at.</summary>
    public const int TokenLengthMax = 4096;

    private const byte Format = 1;
    private const int PersonBytes = 16;
    private const int HeadBytes = 2 + PersonBytes + 4;
    private const int TagBytes = 16;

    private readonly byte[] key;

    public LinkSigner(IdentityHasher hasher) => key = hasher.Derive("links");

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
        HMACSHA256.HashData(key, content.GetBuffer().AsSpan(0, (int)content.Length), tag);
        content.Write(tag[..TagBytes]);
        return Base64Url.EncodeToString(content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>What a token says; null: this deployment did not sign it, or its format is unknown.</summary>
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
        Span<byte> tag = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, tag);
        return CryptographicOperations.FixedTimeEquals(tag[..TagBytes], bytes.AsSpan(content.Length))
            && content[0] == Format
                ? ReadSigned(content)
                : null;
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
