using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>A call for a reservation, after its checks.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="Lives">How long after its instant it may be confirmed.</param>
/// <param name="Mark">What makes it safe to repeat; null: nothing does.</param>
/// <param name="Version">By which policy it is answered.</param>
/// <param name="Meter">Times the deciding.</param>
internal sealed record Reserving(
    Asked Asked, Duration Lives, RequestMark? Mark, PolicyInForce Version, DecisionMeter Meter)
{
    public PersonKey Person => Asked.Person;

    public Instant Now => Asked.Now;

    public Policy Policy => Version.Policy;

    /// <summary>What it makes of the person's record; a change as people's stores want it.</summary>
    /// <param name="record">As it is stored.</param>
    /// <param name="now">The person's time.</param>
    /// <exception cref="RequestException">It cannot be, as things stand.</exception>
    public Change<ReserveResult> Make(PersonRecord record, Instant now)
    {
        if (RequestMark.AnswerIn(record, Mark) is { } before)
        {
            KnownContact? then = before.Contact is { } known
                ? KnownContact.Of(before.Person, known, Policy, before.At)
                : null;
            return new(new ReserveResult(before.Person, before.Verdict!, then), null, IsRepeated: true);
        }

        Verdict verdict = Verdict.Of(record, Asked.At(now), now, Version, Meter);
        if (verdict.Decision is Decision.Denied)
        {
            PersonRecord? remembered = Mark is null
                ? null
                : RequestMark.Remember(
                    record with { Refusals = Refusals.With(record.Refusals, Asked.Traits, now) },
                    Mark,
                    new Answer(now) { Verdict = verdict });
            return new(new ReserveResult(record.Key, verdict, null), remembered);
        }

        if (record.Person.Ledger.IsFull)
        {
            throw new RequestException(
                ProblemReason.RecordFull,
                "contact.person_id",
                $"The person has {Ledger.ContactsMax} contacts that rules still look at; no more can be reserved.");
        }

        LedgerContact reserved = Asked.Next(record, now, verdict.At) with { Expires = verdict.At + Lives };
        PersonRecord after = record.With(reserved) with
        {
            Outbox = OverrideFacts.Of(record.Key, Asked, verdict, reserved.Number, now),
        };
        Answer answer = new(now) { Verdict = verdict, Contact = reserved, HasCounted = true };
        return new(
            new ReserveResult(record.Key, verdict, KnownContact.Of(record.Key, reserved, Policy, now)),
            RequestMark.Remember(after, Mark, answer));
    }
}
