using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What a caller wants a webhook to be, not checked yet.</summary>
public sealed record WebhookDraft
{
    /// <summary>The URL that events are sent to; null: to be left as it is.</summary>
    public string? Target { get; init; }

    /// <summary>Null: to be left as they are; a new webhook has all.</summary>
    public ImmutableArray<string>? Kinds { get; init; }

    /// <summary>Null: to be left as they are; a new webhook has all.</summary>
    public ImmutableArray<string>? Brands { get; init; }

    /// <summary>Null: to be left as it is. False also starts one again that was stopped.</summary>
    public bool? IsPaused { get; init; }
}
