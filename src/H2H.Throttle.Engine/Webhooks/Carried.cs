using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>How it went to send an event.</summary>
public abstract record Carried
{
    private Carried()
    {
    }

    /// <summary>The receiver took it.</summary>
    /// <param name="Status">HTTP, 200 to 299.</param>
    public sealed record Taken(int Status) : Carried;

    /// <summary>The receiver says that it is gone and wants no more: HTTP 410.</summary>
    public sealed record Gone : Carried;

    /// <summary>It did not arrive, or was not taken.</summary>
    /// <param name="Status">HTTP; null: there was no answer.</param>
    /// <param name="Why">For people; nothing of what the receiver wrote.</param>
    /// <param name="RetryAfter">How long the receiver asks to be left alone; null: it does not.</param>
    public sealed record Failed(int? Status, string Why, Duration? RetryAfter = null) : Carried;
}
