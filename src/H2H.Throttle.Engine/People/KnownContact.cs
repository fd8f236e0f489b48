using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A contact of the ledger as callers see it.</summary>
public sealed record KnownContact(ContactId Id, LedgerContact Contact, Standing Standing)
{
    /// <param name="person">Whose.</param>
    /// <param name="contact">Which.</param>
    /// <param name="policy">Says what becomes of reservations that nobody confirms.</param>
    /// <param name="now">When it is looked at.</param>
    public static KnownContact Of(PersonKey person, LedgerContact contact, Policy policy, Instant now) =>
        new(new ContactId(person, contact.Number), contact, StandingOf(contact, policy, now));

    public static Standing StandingOf(in LedgerContact contact, Policy policy, Instant now) => contact.State switch
    {
        ContactState.Made => Standing.Made,
        ContactState.Released => Standing.Released,
        ContactState.Revoked => Standing.Revoked,
        _ when now < contact.Expires => Standing.Reserved,
        _ => policy.Counts(contact, now) ? Standing.Unconfirmed : Standing.Released,
    };
}
