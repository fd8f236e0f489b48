namespace H2H.Throttle.Engine.Webhooks;

/// <summary>A webhook with its secret, which is told this once.</summary>
/// <param name="View">As it is listed from now on.</param>
/// <param name="Secret">As Standard Webhooks writes it: <c>whsec_…</c>.</param>
public sealed record MintedWebhook(WebhookView View, string Secret);
