using NodaTime;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>What a client asks. Asking again, after no answer or for no reason, is the same call.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Person">About whom.</param>
/// <param name="Name">
/// Names the contact that the call may bring about; the request id, or made up where there is none.
/// </param>
internal sealed record Call(CallKind Kind, string Person, string Name)
{
    /// <summary>Null: every time it is asked it is asked anew.</summary>
    public string? RequestId { get; init; }

    /// <summary>Null for an opt-out or opt-in about everything, and where there is none.</summary>
    public string? Channel { get; init; }

    /// <summary>For when a contact is reserved; null: for the time of the call.</summary>
    public Instant? PlannedAt { get; init; }

    /// <summary>The name of the call that reserved what is confirmed or released; null for other calls.</summary>
    public string? Target { get; init; }

    /// <summary>What the servers call that reservation; null for other calls.</summary>
    public string? ReservationId { get; init; }

    /// <summary>All that tells it from another call under the same request id.</summary>
    public string Content => $"{Kind} {Channel} {Target} {PlannedAt?.ToUnixTimeTicks()}";

    public override string ToString() => string.Join(' ', new[]
    {
        Kind.ToString(), Person, Name, RequestId is null ? "without id" : null, Channel, Target,
        PlannedAt is { } planned ? $"planned {planned:uuuu-MM-dd'T'HH:mm:ss.FFF}" : null,
    }.OfType<string>());
}
