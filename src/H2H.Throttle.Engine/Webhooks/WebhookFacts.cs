using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What the journal keeps of webhooks: never a secret, and of an address the host alone.</summary>
internal static class WebhookFacts
{
    public const string Made = "webhook_made";
    public const string Changed = "webhook_changed";
    public const string SecretRotated = "webhook_secret_rotated";
    public const string Deleted = "webhook_deleted";

    /// <summary>The same however often it is told.</summary>
    public static JournalFact Of(WebhookShelfRecord.WebhookChange change)
    {
        WebhookShelfRecord.Entry webhook = change.Webhook;
        Dictionary<string, string> data = new()
        {
            ["host"] = new Uri(webhook.Url).Host,
            ["standing"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(webhook.Standing),
        };
        if (!webhook.Kinds.IsEmpty)
        {
            data["kinds"] = string.Join(", ", webhook.Kinds);
        }

        if (!webhook.Brands.IsEmpty)
        {
            data["brands"] = string.Join(", ", webhook.Brands);
        }

        JournalFact fact = new(
            $"webhooks-{change.Number}",
            Instant.FromUnixTimeTicks(change.At),
            change.Kind,
            webhook.Name,
            JsonSerializer.SerializeToUtf8Bytes(data));
        return fact.Sign(change.By?.ToActor());
    }
}
