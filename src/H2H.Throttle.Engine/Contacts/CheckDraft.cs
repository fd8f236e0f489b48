using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A question whether a contact would be allowed, as a caller asks it, not checked yet.</summary>
/// <param name="Contact">What is asked about.</param>
public sealed record CheckDraft(ContactDraft Contact)
{
    /// <summary>The time of the call; null: the clock's.</summary>
    public Instant? At { get; init; }

    /// <summary>Why rules that only warn are to be passed; null or empty: they deny.</summary>
    public string? OverrideReason { get; init; }
}
