using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>What came to a receiver, read as the specifications say and by nothing of ours.</summary>
public sealed record Delivery(string Path, ImmutableSortedDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Event { get; } = JsonDocument.Parse(Body).RootElement;

    public string Kind => Event.GetProperty("data").GetProperty("kind").GetString()!;

    public long Position => Event.GetProperty("data").GetProperty("position").GetInt64();

    public string Detail(string name) =>
        Event.GetProperty("data").GetProperty("details").GetProperty(name).GetString()!;

    public int Signatures => Headers["webhook-signature"].Split(' ').Length;

    /// <summary>As standardwebhooks.com says: any of the signatures is of the content by the secret.</summary>
    public bool IsSignedBy(string secret)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        byte[] key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] content = Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}.{Body}");
        string expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content));
        return Headers["webhook-signature"].Split(' ').Contains(expected);
    }

    public static async Task<Delivery> ReadAsync(HttpRequest request)
    {
        Assert.Equal("POST", request.Method);
        using StreamReader reader = new(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return new Delivery(
            request.Path,
            request.Headers.ToImmutableSortedDictionary(
                static header => header.Key,
                static header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
    }
}
