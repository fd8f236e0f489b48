using System.Collections.Immutable;

namespace H2H.Throttle.Server.Dialers;

/// <summary>What a dialer is told: flat, because that is what dialers can read.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Dial">Whether to call; null: that was not the question.</param>
internal sealed record DialerAnswer(int Status, bool? Dial)
{
    /// <summary>Whether the policy decided; false: the settings did, because nothing was decided in time.</summary>
    public bool Decided { get; init; }

    /// <summary>Why, for programs; empty: there is nothing to explain.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>The first rule in the way; empty: none.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Every reason, the first one too.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The dialer's field at fault, as the dialer calls it; empty: none.</summary>
    public string Field { get; init; } = "";

    /// <summary>RFC 3339; empty: not known, or never.</summary>
    public string NextAllowedAt { get; init; } = "";

    /// <summary>Waiting does not help.</summary>
    public bool Never { get; init; }

    public string DecisionId { get; init; } = "";

    /// <summary>For the outcome, where the dialer can send it back; empty: nothing was reserved.</summary>
    public string ReservationId { get; init; } = "";

    /// <summary>The contact that an outcome was stored for; empty: none was.</summary>
    public string ContactId { get; init; } = "";

    /// <summary>Where that contact stands, as in <c>CONFIRMED</c>; empty: there is none.</summary>
    public string State { get; init; } = "";

    /// <summary>In how many seconds to ask again; 0: that is not what helps.</summary>
    public int RetrySeconds { get; init; }
}
