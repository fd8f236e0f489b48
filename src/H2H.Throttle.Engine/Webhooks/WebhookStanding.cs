namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Whether events are sent. Stored by name: never rename one.</summary>
public enum WebhookStanding
{
    /// <summary>They are.</summary>
    Active,

    /// <summary>An admin holds them back; they wait in the journal.</summary>
    Paused,

    /// <summary>The receiver said that it is gone (HTTP 410); they wait in the journal.</summary>
    Stopped,
}
