using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A call for a reservation, as a caller makes it, not checked yet.</summary>
/// <param name="Contact">What is to be reserved.</param>
public sealed record ReserveDraft(ContactDraft Contact)
{
    /// <summary>Makes the call safe to repeat; null or empty: it is not.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long after its instant it may be confirmed; null: the default.</summary>
    public Duration? TimeToLive { get; init; }

    /// <summary>The time of the call; null: the clock's.</summary>
    public Instant? At { get; init; }

    /// <summary>Why rules that only warn are to be passed; null or empty: they deny.</summary>
    public string? OverrideReason { get; init; }
}
