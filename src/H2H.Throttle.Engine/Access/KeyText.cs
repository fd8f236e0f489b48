using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace H2H.Throttle.Engine.Access;

/// <summary>What the holder of a key shows: <c>h2h_</c>, the key's id, <c>_</c>, the secret.</summary>
/// <remarks>
/// The prefix lets scanners find keys that were published by mistake. The secret is 32 random bytes, so its hash need
/// not be slow to be safe.
/// </remarks>
/// <param name="Id">The key's.</param>
/// <param name="Secret">Base64url.</param>
public sealed record KeyText(string Id, string Secret)
{
    public const string Prefix = "h2h_";
    public const int IdLength = 12;
    public const int SecretBytes = 32;

    private const int SecretLength = 43;

    public static KeyText Make() => new(
        RandomNumberGenerator.GetHexString(IdLength, lowercase: true),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static bool TryParse(string? text, [NotNullWhen(true)] out KeyText? key)
    {
        bool isKey = text?.Length == Prefix.Length + IdLength + 1 + SecretLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length + IdLength] == '_';
        key = isKey ? new KeyText(text!.Substring(Prefix.Length, IdLength), text[^SecretLength..]) : null;
        return isKey;
    }

    /// <summary>What is kept of the secret: SHA-256 in hexadecimal.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));

    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
