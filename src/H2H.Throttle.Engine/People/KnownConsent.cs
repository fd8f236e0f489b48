using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A consent as callers see it.</summary>
/// <param name="Given">As it was given.</param>
/// <param name="End">How it ended or will, as far as is known; null: without end.</param>
/// <param name="IsInForce">At the time of the call.</param>
public sealed record KnownConsent(GivenConsent Given, ConsentEnd? End, bool IsInForce)
{
    public static KnownConsent Of(GivenConsent given, Ledger ledger, Instant now)
    {
        ConsentEnd? end = given.EndingIn(ledger);
        return new KnownConsent(given, end, given.From <= now && !(end?.At <= now));
    }
}
