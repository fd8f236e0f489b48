using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Keeps secrets that must be read again, so that a copy of the store alone betrays none.</summary>
/// <remarks>
/// AES-256-GCM under a key that is derived from the newest identity key; those before still open. Base64 of the nonce
/// (12 bytes), the cipher text and the tag (16). The webhook's id is bound to it, so that nobody gives one webhook the
/// secret of another.
/// </remarks>
internal sealed class SecretSeal(IdentityHasher hasher)
{
    /// <summary>Why nothing can be signed, for people.</summary>
    public const string NotOpened =
        "Its secret was sealed with another identity key; rotate the secret and tell the receiver.";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly ImmutableArray<byte[]> keys =
        [.. Enumerable.Range(1, hasher.Generation).Select(one => hasher.Derive("webhook-secrets", one))];

    public string Close(string webhookId, WebhookSecret secret)
    {
        byte[] whole = new byte[NonceBytes + secret.Key.Length + TagBytes];
        Span<byte> nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(keys[^1], TagBytes);
        cipher.Encrypt(
            nonce,
            secret.Key,
            whole.AsSpan(NonceBytes, secret.Key.Length),
            whole.AsSpan(NonceBytes + secret.Key.Length),
            Encoding.UTF8.GetBytes(webhookId));
        return Convert.ToBase64String(whole);
    }

    /// <summary>Null: it was sealed with another identity key, or somebody changed it.</summary>
    public WebhookSecret? Open(string webhookId, string seal)
    {
        Span<byte> whole = stackalloc byte[NonceBytes + WebhookSecret.BytesMax + TagBytes];
        if (!Convert.TryFromBase64String(seal, whole, out int length)
            || length < NonceBytes + WebhookSecret.BytesMin + TagBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> sealedBytes = whole[..length];
        for (int place = keys.Length - 1; place >= 0; place--)
        {
            if (Open(keys[place], webhookId, sealedBytes) is { } secret)
            {
                return secret;
            }
        }

        return null;
    }

    private static WebhookSecret? Open(byte[] key, string webhookId, ReadOnlySpan<byte> whole)
    {
        Span<byte> secret = stackalloc byte[whole.Length - NonceBytes - TagBytes];
        using AesGcm cipher = new(key, TagBytes);
        try
        {
            cipher.Decrypt(
                whole[..NonceBytes],
                whole.Slice(NonceBytes, secret.Length),
                whole[(NonceBytes + secret.Length)..],
                secret,
                Encoding.UTF8.GetBytes(webhookId));
            return new WebhookSecret(secret);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
