using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>A receiver that is told of what the journal gets to know, without its secret.</summary>
/// <param name="Name">What admins call it; unique.</param>
/// <param name="Url">Where events are sent to.</param>
/// <param name="Kinds">The only kinds of facts that it is told of; empty: all, those of later versions too.</param>
/// <param name="Brands">Only facts of these brands, which name one; empty: all, those without a brand too.</param>
/// <param name="Standing">Whether events are sent.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="FormerSecretUntil">Until then the secret before signs too; null: there is none.</param>
public sealed record Webhook(
    string Name,
    Uri Url,
    ImmutableArray<string> Kinds,
    ImmutableArray<string> Brands,
    WebhookStanding Standing,
    Instant MadeAt,
    Instant? FormerSecretUntil)
{
    public const int NameLengthMax = 64;
    public const int UrlLengthMax = 2048;
    public const int BrandsMax = 64;
    public const int WebhooksMax = 100;
}
