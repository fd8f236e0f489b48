using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>One thing that, were it otherwise, would allow a contact that is denied.</summary>
public abstract record Change
{
    private Change() { }

    /// <summary>It is asked for at a later time, and nothing else happens until then.</summary>
    public sealed record Wait(Instant Until) : Change;

    /// <summary>It goes out by another channel.</summary>
    public sealed record OtherChannel(string Channel) : Change;

    /// <summary>It is for another purpose, one that the policy exempts from something.</summary>
    public sealed record OtherPurpose(string Purpose) : Change;

    /// <summary>It weighs less; this is the most that is allowed.</summary>
    public sealed record LessWeight(int Weight) : Change;

    /// <summary>A reservation is given back.</summary>
    public sealed record Release(LedgerContact Reservation) : Change;

    /// <summary>The caller gives a reason for passing rules that only warn.</summary>
    public sealed record Override : Change;

    /// <summary>A cap of the policy is higher.</summary>
    /// <param name="Rule">The cap's name.</param>
    /// <param name="Limit">The least limit that is enough, as the policy would write it for this contact.</param>
    public sealed record HigherCap(string Rule, int Limit) : Change;

    /// <summary>The person takes a no back, for such contacts alone. Theirs to say, never to be asked for.</summary>
    public sealed record OptIn(Scope Scope) : Change;

    /// <summary>The person gives a consent that covers it. Theirs to give.</summary>
    public sealed record Agreement(string Consent) : Change;

    /// <summary>The business lifts a hold.</summary>
    public sealed record LiftedHold(string Hold) : Change;
}
