using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Plans several contacts of one person, as if each were reserved as soon as it is placed.</summary>
/// <remarks>
/// Greedy: the most important contact gets the earliest instant at which it is allowed, and so on. What is placed is
/// never moved for what comes later, so another order may fit more contacts in; none serves the important ones earlier.
/// </remarks>
/// <param name="policy">In force.</param>
/// <param name="person">As of now.</param>
/// <param name="now">When it is planned.</param>
internal sealed class Agenda(Policy policy, Person person, Instant now)
{
    /// <param name="attempts">All of them for <c>span.Start</c>, which is not before now.</param>
    /// <param name="span">Where to place them.</param>
    /// <param name="lives">How long after its instant a reservation may be confirmed.</param>
    /// <returns>Highest priority first, then in the order given: the order in which to reserve.</returns>
    public ImmutableArray<Placement> Place(ImmutableArray<Attempt> attempts, Interval span, Duration lives)
    {
        Person then = person;
        ImmutableArray<Placement>.Builder placements = ImmutableArray.CreateBuilder<Placement>(attempts.Length);
        foreach (int index in Enumerable.Range(0, attempts.Length)
            .OrderByDescending(index => attempts[index].Traits.Priority))
        {
            Attempt attempt = attempts[index];
            if (new Question(policy, then, attempt, now).PlannedFrom(span.Start) is { } at && at < span.End)
            {
                then = then with { Ledger = then.Ledger.Add(Reserved(then.Ledger, attempt, at, at + lives)) };
                placements.Add(new Placement(index, at, null));
            }
            else
            {
                placements.Add(new Placement(index, null, Decider.Decide(policy, then, attempt, now)));
            }
        }

        return placements.MoveToImmutable();
    }

    private static LedgerContact Reserved(Ledger ledger, Attempt attempt, Instant at, Instant expires)
    {
        long last = ledger.Contacts.IsEmpty ? 0 : ledger.Contacts.Max(static contact => contact.Number.Value);
        return new LedgerContact(
            new ContactNumber(last + 1), at, attempt.Traits, attempt.Weight, ContactState.Reserved, expires, null, at);
    }
}
