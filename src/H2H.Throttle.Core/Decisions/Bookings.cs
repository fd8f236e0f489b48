using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>What a plan asks and reserves, as if each contact were reserved as soon as it is placed.</summary>
/// <param name="policy">In force.</param>
/// <param name="person">As of now.</param>
/// <param name="now">When it is planned.</param>
/// <param name="lives">How long after its instant a reservation may be confirmed.</param>
internal sealed class Bookings(Policy policy, Person person, Instant now, Duration lives)
{
    public Policy Policy => policy;

    public Instant Now => now;

    /// <summary>The first instant of a span at which it is allowed; null: none.</summary>
    public Instant? EarliestOf(Person then, Attempt attempt, Interval span) =>
        new Question(policy, then, attempt, now).PlannedFrom(span.Start) is { } at && at < span.End ? at : null;

    /// <summary>The end of the last of the intervals in which it is allowed; null: there is none.</summary>
    /// <param name="then">With what is reserved.</param>
    /// <param name="attempt">The contact.</param>
    /// <param name="span">Where to look.</param>
    /// <param name="slotsMax">How many intervals are looked at.</param>
    public Instant? LastEnd(Person then, Attempt attempt, Interval span, int slotsMax) =>
        new Question(policy, then, attempt, now).Slots(span.Start, span.End, slotsMax) is [.., var last]
            ? last.End
            : null;

    public ImmutableArray<Reason> CautionsOf(Person then, Attempt attempt, Instant at) =>
        Decider.Cautions(policy, then, attempt, now, at);

    public Decision Decide(Person then, Attempt attempt) => Decider.Decide(policy, then, attempt, now);

    public Person Reserve(Person then, Attempt attempt, Instant at)
    {
        Ledger ledger = then.Ledger;
        long last = ledger.Contacts.IsEmpty ? 0 : ledger.Contacts.Max(static contact => contact.Number.Value);
        return then with
        {
            Ledger = ledger.Add(new LedgerContact(
                new ContactNumber(last + 1), at, attempt.Traits, attempt.Weight, ContactState.Reserved, at + lives,
                null, at)),
        };
    }

    /// <summary>Whether each is allowed when they are reserved in this order.</summary>
    /// <param name="attempts">In the order in which to reserve them.</param>
    /// <param name="arrangement">When each is; those that are left out are passed over.</param>
    public bool CanReserve(ImmutableArray<Attempt> attempts, Arrangement arrangement)
    {
        Person then = person;
        for (int i = 0; i < attempts.Length; i++)
        {
            if (arrangement.Times[i] is { } at)
            {
                if (new Question(policy, then, attempts[i], now).PlannedFrom(at) != at)
                {
                    return false;
                }

                then = Reserve(then, attempts[i], at);
            }
        }

        return true;
    }
}
