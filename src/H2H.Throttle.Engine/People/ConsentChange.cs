using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What it does that a person said something.</summary>
internal static class ConsentChange
{
    /// <summary>Keeps the statement and, if it is a no, revokes the reservations that it is about.</summary>
    public static (Answer Answer, PersonRecord Record) Apply(
        PersonRecord record, PersonKey person, Statement statement, Policy policy, Instant now)
    {
        Person before = record.Person;
        Statements statements = before.Statements.With(statement);
        ImmutableArray<LedgerContact> revoked = statement.IsOptOut
            ? [.. before.Ledger.Contacts.Where(contact => IsStopped(contact, statement.Scope, policy, now))]
            : [];
        Ledger ledger = before.Ledger;
        foreach (LedgerContact contact in revoked)
        {
            ledger = ledger.Replace(contact with { State = ContactState.Revoked });
        }

        ImmutableArray<JournalFact> facts =
        [
            ConsentFacts.Said(person, statement),
            .. revoked.Select(contact => ConsentFacts.Revoked(person, contact, now)),
        ];
        Answer answer = new(now)
        {
            Revoked = [.. revoked.Select(static contact => contact.Number)],
            Lifted = statement.IsOptOut ? 0
                : before.Statements.InForce.Count(old => statement.Scope.Contains(old.Scope)),
        };
        return (answer, record with
        {
            Person = before with { Statements = statements, Ledger = ledger },
            Outbox = facts,
        });
    }

    private static bool IsStopped(in LedgerContact contact, Scope scope, Policy policy, Instant now) =>
        contact.State is ContactState.Reserved
        && now < contact.Expires
        && scope.Covers(contact.Traits)
        && policy.StopsOnOptOut(contact.Traits.Purpose);
}
