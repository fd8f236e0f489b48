using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>A webhook and how it goes.</summary>
/// <param name="Webhook">What it is.</param>
/// <param name="Position">Everything in the journal up to it was sent, not wanted, or put to the dead letters.</param>
/// <param name="Failures">How many tries failed since the last that did not.</param>
/// <param name="FailingSince">When the first of those failed; null: there are none.</param>
/// <param name="NextTryAt">When it is tried again; null: at once, or there is nothing to send.</param>
/// <param name="Why">Why the last try failed; null: it did not.</param>
/// <param name="LastSentAt">When the last event was taken; null: none was yet.</param>
/// <param name="DeadLetters">How many there are.</param>
/// <param name="DroppedLetters">How many made room for others; the journal has them.</param>
public sealed record WebhookView(
    Webhook Webhook,
    long Position,
    int Failures,
    Instant? FailingSince,
    Instant? NextTryAt,
    string? Why,
    Instant? LastSentAt,
    int DeadLetters,
    long DroppedLetters);
