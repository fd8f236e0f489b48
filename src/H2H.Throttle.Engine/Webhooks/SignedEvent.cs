using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>An event as it is sent once.</summary>
/// <param name="Event">What is told.</param>
/// <param name="At">When it is sent.</param>
/// <param name="Signature">As <see cref="WebhookSignature"/> writes it.</param>
public sealed record SignedEvent(WebhookEvent Event, Instant At, string Signature);
