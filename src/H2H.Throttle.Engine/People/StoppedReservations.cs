using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Finds the reservations that would not be allowed any more, now that something is known.</summary>
internal static class StoppedReservations
{
    /// <summary>
    /// Those that are open and that a rule is in the way of which was not before: each judged by itself, with all the
    /// others in place. Oldest first.
    /// </summary>
    public static ImmutableArray<LedgerContact> Of(Person before, Person after, Policy policy, Instant now) =>
    [
        .. after.Ledger.Contacts.Where(contact => contact.State is ContactState.Reserved
            && now < contact.Expires
            && RulesAgainst(contact, after, policy, now).Except(RulesAgainst(contact, before, policy, now)).Any()),
    ];

    public static Ledger Revoke(Ledger ledger, ImmutableArray<LedgerContact> stopped)
    {
        foreach (LedgerContact contact in stopped)
        {
            ledger = ledger.Replace(contact with { State = ContactState.Revoked });
        }

        return ledger;
    }

    private static IEnumerable<string> RulesAgainst(LedgerContact contact, Person person, Policy policy, Instant now)
    {
        Attempt again = new(contact.Traits, Instant.Max(contact.At, now), contact.Weight);
        return Decider.Decide(policy, Settlement.Without(person, contact), again, now) is Decision.Denied denied
            ? denied.Reasons.Select(static reason => reason.Rule)
            : [];
    }
}
