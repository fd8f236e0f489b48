using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>What it does that the business puts contact on hold, or takes a hold away.</summary>
internal static class HoldChange
{
    /// <summary>Keeps the hold and revokes the reservations that it stops.</summary>
    /// <exception cref="RequestException">The person has too many holds.</exception>
    public static (Answer Answer, PersonRecord Record) Place(
        PersonRecord record, PersonKey person, string hold, string? reason, Policy policy, Instant now)
    {
        Person held = record.Person with { Holds = record.Person.Holds.Add(hold) };
        if (held.Holds.Count > Person.HoldsMax)
        {
            throw new RequestException(
                ProblemReason.RecordFull, "hold", $"The person has {Person.HoldsMax} holds; lift one first.");
        }

        ImmutableArray<LedgerContact> stopped = StoppedReservations.Of(record.Person, held, policy, now);
        return (new Answer(now) { Revoked = [.. stopped.Select(static contact => contact.Number)] }, record with
        {
            Person = held with { Ledger = StoppedReservations.Revoke(held.Ledger, stopped) },
            Outbox =
            [
                PersonFacts.Held(person, isPlaced: true, hold, reason, now),
                .. stopped.Select(contact => ConsentFacts.Revoked(person, contact, now)),
            ],
        });
    }

    public static (Answer Answer, PersonRecord Record) Lift(
        PersonRecord record, PersonKey person, string hold, string? reason, Instant now) =>
        (new Answer(now), record with
        {
            Person = record.Person with { Holds = record.Person.Holds.Remove(hold) },
            Outbox = [PersonFacts.Held(person, isPlaced: false, hold, reason, now)],
        });
}
