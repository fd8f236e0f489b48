using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using NodaTime;

namespace H2H.Throttle.Engine.Contacts;

/// <summary>What senders tell of contacts that are in the ledger already. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class Reservations
{
    private const string ReservationField = "reservation_id";
    private const string ContactField = "contact_id";

    private readonly PersonStore people;
    private readonly PooledPeople pooled;
    private readonly PolicyShelf policies;
    private readonly ListShelf lists;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly DecisionMeter meter;
    private readonly Succession succession;

    internal Reservations(
        PersonStore people,
        PooledPeople pooled,
        PolicyShelf policies,
        ListShelf lists,
        IdentityHasher hasher,
        RequestClock clock,
        DecisionMeter meter)
    {
        (this.people, this.pooled, this.policies, this.lists, this.hasher, this.clock, this.meter) =
            (people, pooled, policies, lists, hasher, clock, meter);
        succession = new Succession(people, hasher);
    }

    /// <summary>
    /// The reserved contact was made. It is stored whatever happened in between, unless it was given back.
    /// </summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not. So it is below.</param>
    /// <param name="reservationId">As Reserve gave it.</param>
    /// <param name="madeAt">When it was made; null: when it was reserved for.</param>
    /// <param name="outcome">What became of it; null: not known yet.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change. So it is below.</param>
    public async ValueTask<ConfirmResult> ConfirmAsync(
        string? requestId, string? reservationId, Instant? madeAt, OutcomeDraft? outcome, Instant? at,
            CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        problems.CheckPast(madeAt, "made_at", called);
        problems.CheckOutcome(outcome?.Name, "outcome", policy);
        problems.CheckSubjects(outcome?.Discussed ?? [], "discussed");
        ContactId id = problems.RequireContactId(reservationId, ReservationField, ProblemReason.ReservationUnknown);
        string? word = string.IsNullOrEmpty(outcome?.Name) ? null : outcome.Name;
        string content = Fingerprint.Of(
            "confirm", [id.ToString(), Fingerprint.Number(madeAt), word, .. outcome?.Discussed ?? []]);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);
        id = await succession.FindAsync(id, cancellation).ConfigureAwait(false);

        bool isRepeated = false;
        ConfirmResult result = await pooled.ChangeAsync(
            id.Person, called, policy, (record, now) => Confirm(record, now).Noting(ref isRepeated), cancellation)
            .ConfigureAwait(false);
        meter.Overshot(isRepeated ? [] : result.Overshoot);
        return result;

        Change<ConfirmResult> Confirm(PersonRecord record, Instant now)
        {
            if (RequestMark.AnswerIn(record, mark) is { } before)
            {
                return new(ResultOf(before, policy), null, IsRepeated: true);
            }

            LedgerContact contact = Find(record, id, ReservationField, ProblemReason.ReservationUnknown);
            ImmutableArray<ListStanding> standings = lists.StandingsOf(policy, contact.Traits);
            (LedgerContact made, ImmutableArray<Reason> overshoot) = Settlement.Confirm(
                contact, record.Person, policy, standings, now, madeAt, word, outcome?.Discussed ?? []);
            Answer answer = new(now)
            {
                Person = record.Key,
                Contact = made,
                IsLate = now >= contact.Expires,
                IsRevoked = contact.State is ContactState.Revoked,
                Overshoot = overshoot,
            };
            return new(ResultOf(answer, policy), RequestMark.Remember(With(record, made), mark, answer));
        }
    }

    /// <summary>The reserved contact was not and will not be made: gives the slot back.</summary>
    public async ValueTask<KnownContact> ReleaseAsync(
        string? requestId, string? reservationId, Instant? at, CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        ContactId id = problems.RequireContactId(reservationId, ReservationField, ProblemReason.ReservationUnknown);
        string content = Fingerprint.Of("release", id.ToString());
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);
        id = await succession.FindAsync(id, cancellation).ConfigureAwait(false);

        return await people.ChangeAsync(
            id.Person,
            called,
            policy,
            (record, now) => Settle(record, now, id, ReservationField, mark, policy, Settlement.Release),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Tells or corrects what became of a contact; one that is still reserved is confirmed by it.</summary>
    public async ValueTask<KnownContact> ReportOutcomeAsync(
        string? requestId, string? contactId, OutcomeDraft? outcome, Instant? outcomeAt, Instant? at,
            CancellationToken cancellation)
    {
        Policy policy = policies.Current.Policy;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        problems.CheckRequestId(requestId);
        problems.Require(
            !string.IsNullOrEmpty(outcome?.Name), ProblemReason.FieldMissing, "outcome.name",
                "outcome.name is missing.");
        problems.CheckOutcome(outcome?.Name, "outcome.name", policy);
        problems.CheckSubjects(outcome?.Discussed ?? [], "discussed");
        problems.CheckPast(outcomeAt, "outcome.at", called);
        ContactId id = problems.RequireContactId(contactId, ContactField, ProblemReason.ContactUnknown);
        string content = Fingerprint.Of(
            "report", [id.ToString(), outcome!.Name, Fingerprint.Number(outcomeAt), .. outcome.Discussed]);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);
        id = await succession.FindAsync(id, cancellation).ConfigureAwait(false);

        return await people.ChangeAsync(
            id.Person,
            called,
            policy,
            (record, now) => Settle(
                record, now, id, ContactField, mark, policy, contact =>
                    Settlement.Report(contact, outcome, outcomeAt ?? now)),
            cancellation).ConfigureAwait(false);
    }

    private static Change<KnownContact> Settle(
        PersonRecord record,
        Instant now,
        ContactId id,
        string field,
        RequestMark? mark,
        Policy policy,
        Func<LedgerContact, LedgerContact> settle)
    {
        if (RequestMark.AnswerIn(record, mark) is { } before)
        {
            KnownContact then = KnownContact.Of(before.Person, before.Contact!.Value, policy, before.At);
            return new(then, null, IsRepeated: true);
        }

        ProblemReason unknown = field == ContactField ? ProblemReason.ContactUnknown : ProblemReason.ReservationUnknown;
        LedgerContact settled = settle(Find(record, id, field, unknown));
        Answer answer = new(now) { Contact = settled };
        return new(
            KnownContact.Of(record.Key, settled, policy, now),
            RequestMark.Remember(With(record, settled), mark, answer));
    }

    private static ConfirmResult ResultOf(Answer answer, Policy policy) => new(
        KnownContact.Of(answer.Person, answer.Contact!.Value, policy, answer.At),
        answer.IsLate,
        answer.IsRevoked,
        answer.Overshoot);

    private static LedgerContact Find(PersonRecord record, ContactId id, string field, ProblemReason unknown) =>
        record.Find(id.Number) ?? throw Checks.Unknown(field, unknown);

    private static PersonRecord With(PersonRecord record, LedgerContact contact) => record with
    {
        Person = record.Person with { Ledger = record.Person.Ledger.Replace(contact) },
    };
}
