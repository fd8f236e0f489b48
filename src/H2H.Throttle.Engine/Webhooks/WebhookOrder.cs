using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What a server that sends for a webhook goes by: where to, what of, signed with what.</summary>
internal sealed class WebhookOrder(WebhookShelfRecord.Entry webhook)
{
    private readonly FrozenSet<string> kinds = webhook.Kinds.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenSet<string> brands = webhook.Brands.ToFrozenSet(StringComparer.Ordinal);

    public WebhookShelfRecord.Entry Webhook => webhook;

    public Uri Url { get; } = new(webhook.Url);

    public bool Wants(JournalFact fact) =>
        (kinds.Count == 0 || kinds.Contains(fact.Kind))
        && (brands.Count == 0
            || (fact.ReadParticulars(out _).TryGetValue(ConsentFacts.Brand, out string? brand)
                && brands.Contains(brand)));

    /// <summary>Null: its secret was sealed with another identity key.</summary>
    public SignedEvent? Sign(WebhookEvent told, SecretSeal seal, Instant now)
    {
        string?[] seals = [webhook.Secret, webhook.FormerUntil(now) is null ? null : webhook.FormerSecret];
        ImmutableArray<WebhookSecret> secrets =
        [
            .. seals.OfType<string>().Select(kept => seal.Open(webhook.Id, kept)).OfType<WebhookSecret>(),
        ];
        return secrets.IsEmpty
            ? null
            : new SignedEvent(told, now, WebhookSignature.Of(secrets, told.Id, now, told.Body.Span));
    }
}
