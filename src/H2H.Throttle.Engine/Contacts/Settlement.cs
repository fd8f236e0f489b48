using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>What becomes of a reservation. Pure functions of a person.</summary>
internal static class Settlement
{
    /// <summary>
    /// The contact was made: at <paramref name="madeAt"/> if that is known, else when it was reserved for. One whose
    /// reservation was revoked meanwhile is over what it was revoked for, unless it is known to have been made before.
    /// </summary>
    /// <exception cref="RequestException">It was confirmed or released already.</exception>
    public static (LedgerContact Contact, ImmutableArray<Reason> Overshoot) Confirm(
        LedgerContact contact,
        Person person,
        Policy policy,
        ImmutableArray<ListStanding> lists,
        Instant now,
        Instant? madeAt,
        string? outcome,
        ImmutableArray<string> discussed)
    {
        if (contact.State is ContactState.Made)
        {
            throw new RequestException(
                ProblemReason.ReservationAlreadyConfirmed, "reservation_id", "The reservation is confirmed already.");
        }

        RequireNotReleased(contact, "reservation_id");
        LedgerContact made = Made(contact, madeAt ?? Instant.Min(contact.At, now), outcome, madeAt ?? now, discussed);
        bool asReserved = made.At == contact.At && contact.State is ContactState.Reserved && now < contact.Expires;
        Person before = Without(person, contact);
        before = contact.State is ContactState.Revoked && madeAt is null ? AsOf(now, before, made.At) : before;
        return (made, asReserved ? [] : OvershootOf(made, before, policy, lists, now));
    }

    /// <summary>The contact was not made. A released or revoked one stays as it is.</summary>
    /// <exception cref="RequestException">It was confirmed.</exception>
    public static LedgerContact Release(LedgerContact contact) => contact.State switch
    {
        ContactState.Made => throw new RequestException(
            ProblemReason.ReservationAlreadyConfirmed,
            "reservation_id",
            "The reservation is confirmed already; what was made cannot be given back."),
        _ => contact with { State = ContactState.Released },
    };

    /// <summary>What became of the contact; if it was still open, that also confirms it.</summary>
    /// <exception cref="RequestException">It was released.</exception>
    public static LedgerContact Report(LedgerContact contact, OutcomeDraft outcome, Instant outcomeAt)
    {
        RequireNotReleased(contact, "contact_id");
        return Made(contact, contact.At, outcome.Name, outcomeAt, outcome.Discussed);
    }

    /// <summary>What a contact breaks that was made, past all that was there before.</summary>
    public static ImmutableArray<Reason> OvershootOf(
        LedgerContact made, Person before, Policy policy, ImmutableArray<ListStanding> lists, Instant now) =>
        Decider.Overshoot(policy, before, new Attempt(made.Traits, made.At, made.Weight) { Lists = lists }, now);

    public static Person Without(Person person, LedgerContact contact) =>
        person with { Ledger = Ledger.Of(person.Ledger.Contacts.Remove(contact), person.Ledger.Events) };

    /// <summary>The person as if all consents were at an instant what they are now.</summary>
    /// <remarks>
    /// Of a contact that nobody says was made before its reservation was revoked: what was taken back does not excuse
    /// it.
    /// </remarks>
    private static Person AsOf(Instant now, Person person, Instant at) => person with
    {
        Consents =
        [
            .. person.Consents
                .Where(given => !(given.EndedBy is LedgerEvent.ConsentRevoked && given.Until <= now))
                .Select(given => given.From <= now ? given with { From = Instant.Min(given.From, at) } : given),
        ],
    };

    private static void RequireNotReleased(LedgerContact contact, string field)
    {
        if (contact.State is ContactState.Released)
        {
            throw new RequestException(
                ProblemReason.ReservationAlreadyReleased,
                field,
                "The reservation was released; if the contact was made after all, use Record.");
        }
    }

    /// <summary>The traits of a contact with what was talked about; null: what it was placed for.</summary>
    public static ContactTraits? AboutOf(ContactTraits traits, ImmutableArray<string> discussed) =>
        discussed.IsEmpty || traits.About(discussed) is var about && about.Equals(traits) ? null : about;

    private static LedgerContact Made(
        LedgerContact contact, Instant at, string? outcome, Instant outcomeAt, ImmutableArray<string> discussed) =>
        contact with
    {
        State = ContactState.Made,
        At = at,
        Expires = at,
        Outcome = outcome ?? contact.Outcome,
        OutcomeAt = outcome is not null ? outcomeAt : contact.Outcome is not null ? contact.OutcomeAt : at,
        Discussed = discussed.IsEmpty ? contact.Discussed : AboutOf(contact.Traits, discussed),
    };
}
