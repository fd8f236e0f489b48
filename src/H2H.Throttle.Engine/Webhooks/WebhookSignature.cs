using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Signs messages as Standard Webhooks (standardwebhooks.com, version 1) has it.</summary>
/// <remarks>
/// HMAC-SHA-256 over the id, the second of the try and the body, with full stops between them; in base64 after
/// <c>v1,</c>. While a secret is being replaced there is a signature by each, parted by a blank: a receiver takes the
/// message if it knows one of them.
/// </remarks>
internal static class WebhookSignature
{
    /// <param name="secrets">At least one.</param>
    /// <param name="id">Without a full stop.</param>
    /// <param name="at">When the message is sent.</param>
    /// <param name="body">As it is sent.</param>
    public static string Of(
        ImmutableArray<WebhookSecret> secrets, string id, Instant at, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] content = [.. head, .. body];
        return string.Join(
            ' ',
            secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret.Key, content))}"));
    }
}
