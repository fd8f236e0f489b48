using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What a receiver knows events by: random bytes, 32 of them where we make it.</summary>
/// <remarks>
/// Written as <c>whsec_</c> and base64, as Standard Webhooks (standardwebhooks.com, version 1) has it, so that its
/// libraries take it as it is.
/// </remarks>
internal sealed class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const int BytesMin = 24;
    public const int BytesMax = 64;

    private const int Bytes = 32;

    private readonly byte[] key;

    public WebhookSecret(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, BytesMin, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, BytesMax, nameof(key));
        this.key = key.ToArray();
    }

    public ReadOnlySpan<byte> Key => key;

    public static WebhookSecret Make() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>As the receiver gets it: once.</summary>
    public override string ToString() => Prefix + Convert.ToBase64String(key);
}
