using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine;

/// <summary>What senders ask before they contact a person. Safe from any thread.</summary>
/// <remarks>
/// A denial is an answer. Every call throws <see cref="RequestException"/> if what it is asked makes no sense, and
/// <see cref="Records.StoreException"/> if the store fails; then nothing is known to have changed.
/// </remarks>
public sealed class Throttler
{
    private PooledPeople people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly AskedReader reader;
    private readonly DecisionMeter meter;
    private readonly ILogger log;

    internal Throttler(
        PooledPeople people,
        PolicyShelf policies,
        ListShelf lists,
        IdentityHasher hasher,
        RequestClock clock,
        DecisionMeter meter,
        ILogger<Throttler> log) =>
        (this.people, this.policies, this.hasher, this.clock, reader, this.meter, this.log) =
        (people, policies, hasher, clock, new AskedReader(hasher, lists), meter, log);

    /// <summary>The same, for somebody whom the journal names.</summary>
    public Throttler By(Actor actor)
    {
        Throttler signing = (Throttler)MemberwiseClone();
        signing.people = people.By(actor);
        return signing;
    }

    /// <summary>Would this contact be allowed? Changes nothing and promises nothing.</summary>
    /// <param name="draft">The contact.</param>
    /// <param name="at">The time of the call; null: the clock's. So it is below.</param>
    /// <param name="overrideReason">
    /// Why rules that only warn are to be passed; null or empty: they deny. So it is below.
    /// </param>
    /// <param name="cancellation">Ends the wait, not necessarily a change. So it is below.</param>
    public async ValueTask<CheckResult> CheckAsync(
        ContactDraft draft, Instant? at, string? overrideReason, CancellationToken cancellation)
    {
        using Activity? span = ThrottleTraces.Begin(DecisionMeter.Check);
        PolicyInForce version = policies.Current;
        Asked asked = Read(draft, at, overrideReason, version, new Problems());

        PersonRecord record = await people.LoadAsync(asked.Person, version.Policy, asked.Now, cancellation)
            .ConfigureAwait(false);

        Instant now = Instant.Max(asked.Now, record.LastSeen);
        Verdict verdict = Judge(record, asked.At(now), now, version);
        meter.Answered(span, DecisionMeter.Check, asked.Traits, verdict, isRepeated: false);
        return new CheckResult(record.Key, verdict);
    }

    /// <summary>Takes a slot for this contact if it is allowed; it counts at once.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not. So it is below.</param>
    /// <param name="draft">The contact.</param>
    /// <param name="timeToLive">How long after its instant it may be confirmed; null: the default.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="overrideReason">Why rules that only warn are to be passed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<ReserveResult> ReserveAsync(
        string? requestId,
        ContactDraft draft,
        Duration? timeToLive,
        Instant? at,
        string? overrideReason,
        CancellationToken cancellation)
    {
        using Activity? span = ThrottleTraces.Begin(DecisionMeter.Reserve);
        PolicyInForce version = policies.Current;
        Duration lives = timeToLive ?? RequestBounds.TimeToLiveDefault;
        Problems problems = new();
        problems.CheckRequestId(requestId);
        problems.Require(
            lives >= RequestBounds.TimeToLiveMin && lives <= RequestBounds.TimeToLiveMax,
            ProblemReason.TimeToLiveOutOfRange,
            "time_to_live",
            "time_to_live must be 1 second to 7 days.");
        problems.Require(
            draft.Direction is Direction.Out,
            ProblemReason.FieldNotAllowed,
            "contact.direction",
            "Only a contact that goes out can be reserved; store one that came in with Record.");
        Asked asked = Read(draft, at, overrideReason, version, problems);
        string content = ContentOf("reserve", asked, Fingerprint.Number(lives.BclCompatibleTicks), overrideReason);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);

        bool isRepeated = false;
        ReserveResult result = await people.ChangeAsync(
            asked.Person,
            asked.Now,
            version.Policy,
            (record, now) => Reserve(record, now, asked, lives, mark, version).Noting(ref isRepeated),
            cancellation).ConfigureAwait(false);
        meter.Answered(span, DecisionMeter.Reserve, asked.Traits, result.Verdict, isRepeated);
        return result;
    }

    /// <summary>Stores a contact that was made, or came in, without a reservation. Never denied.</summary>
    /// <param name="requestId">Makes the call safe to repeat.</param>
    /// <param name="draft">The contact; not planned.</param>
    /// <param name="madeAt">When it was made; null: at the time of the call.</param>
    /// <param name="outcome">What became of it; null or empty: not known yet.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<RecordResult> RecordAsync(
        string? requestId, ContactDraft draft, Instant? madeAt, string? outcome, Instant? at,
            CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        Problems problems = new();
        problems.CheckRequestId(requestId);
        problems.Require(
            draft.PlannedAt is null,
            ProblemReason.FieldNotAllowed,
            "contact.planned_at",
            "A contact that was made is no longer planned; give made_at.");
        problems.CheckOutcome(outcome, "outcome", version.Policy);
        problems.CheckSubjects(draft.Discussed, "discussed");
        Instant called = clock.Read(at, problems);
        problems.CheckPast(madeAt, "made_at", called);
        Asked asked = reader.Read(
            draft with { PlannedAt = null }, called, null, version, problems, isMade: true) with
        {
            Discussed = draft.Discussed,
        };
        string? word = string.IsNullOrEmpty(outcome) ? null : outcome;
        string content = ContentOf("record", asked, [Fingerprint.Number(madeAt), word, .. draft.Discussed]);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);

        bool isRepeated = false;
        RecordResult result = await people.ChangeAsync(
            asked.Person,
            asked.Now,
            version.Policy,
            (record, now) => Record(record, now, asked, madeAt ?? now, word, mark, version).Noting(ref isRepeated),
            cancellation).ConfigureAwait(false);
        meter.Overshot(isRepeated ? [] : result.Overshoot);
        return result;
    }

    /// <summary>When could this contact be made, if it were planned now?</summary>
    /// <param name="draft">The contact; not planned.</param>
    /// <param name="from">Where to start looking; null: at the time of the call.</param>
    /// <param name="until">Where to stop, excluded; null: seven days later.</param>
    /// <param name="slotsMax">The most slots wanted.</param>
    /// <param name="at">The time of the call.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<SlotsResult> FindSlotsAsync(
        ContactDraft draft, Instant? from, Instant? until, int slotsMax, Instant? at, CancellationToken cancellation)
    {
        PolicyInForce version = policies.Current;
        Problems problems = new();
        Instant called = clock.Read(at, problems);
        (Instant start, Instant end) = problems.ReadSpan(from, until, called);
        problems.Require(
            slotsMax is >= 1 and <= RequestBounds.SlotsMax,
            ProblemReason.SlotsOutOfRange,
            "max_slots",
            $"max_slots must be 1 to {RequestBounds.SlotsMax}.");
        problems.Require(
            draft.PlannedAt is null, ProblemReason.FieldNotAllowed, "contact.planned_at",
                "Give from and until instead.");
        Asked asked = reader.Read(draft with { PlannedAt = null }, called, null, version, problems);

        PersonRecord record = await people.LoadAsync(asked.Person, version.Policy, asked.Now, cancellation)
            .ConfigureAwait(false);

        Instant now = Instant.Max(asked.Now, record.LastSeen);
        Attempt attempt = asked.For(Instant.Max(start, now));
        ImmutableArray<Interval> slots = Decider.FindSlots(
            version.Policy, record.Person, attempt, now, attempt.At, end, slotsMax + 1);
        return new SlotsResult(
            record.Key, [.. slots.Take(slotsMax)], slots.Length > slotsMax, Judge(record, attempt, now, version));
    }

    private Asked Read(
        ContactDraft draft, Instant? at, string? overrideReason, PolicyInForce version, Problems problems) =>
        reader.Read(draft, clock.Read(at, problems), overrideReason, version, problems);

    private Verdict Judge(PersonRecord record, Attempt attempt, Instant now, PolicyInForce version)
    {
        Decision decision = meter.End(
            meter.Begin(), Decider.Decide(version.Policy, record.Person, attempt, now));
        return Verdict.Of(decision, version, attempt.At);
    }

    private Change<ReserveResult> Reserve(
        PersonRecord record, Instant now, Asked asked, Duration lives, RequestMark? mark, PolicyInForce version)
    {
        if (RequestMark.AnswerIn(record, mark) is { } before)
        {
            KnownContact? then = before.Contact is { } known
                ? KnownContact.Of(before.Person, known, version.Policy, before.At)
                : null;
            return new(new ReserveResult(before.Person, before.Verdict!, then), null, IsRepeated: true);
        }

        Verdict verdict = Judge(record, asked.At(now), now, version);
        if (verdict.Decision is Decision.Denied)
        {
            PersonRecord? remembered = mark is null
                ? null
                : RequestMark.Remember(
                    record with { Refusals = Refusals.With(record.Refusals, asked.Traits, now) },
                    mark,
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

        LedgerContact reserved = Next(record, now, asked, verdict.At) with { Expires = verdict.At + lives };
        PersonRecord after = Add(record, reserved) with
        {
            Outbox = OverrideFacts.Of(record.Key, asked, verdict, reserved.Number, now),
        };
        Answer answer = new(now) { Verdict = verdict, Contact = reserved, HasCounted = true };
        return new(
            new ReserveResult(record.Key, verdict, KnownContact.Of(record.Key, reserved, version.Policy, now)),
            RequestMark.Remember(after, mark, answer));
    }

    private Change<RecordResult> Record(
        PersonRecord record, Instant now, Asked asked, Instant madeAt, string? outcome, RequestMark? mark,
            PolicyInForce version)
    {
        if (RequestMark.AnswerIn(record, mark) is { } before)
        {
            KnownContact then = KnownContact.Of(before.Person, before.Contact!.Value, version.Policy, before.At);
            return new(new RecordResult(then, before.Overshoot), null, IsRepeated: true);
        }

        if (record.Person.Ledger.IsFull)
        {
            log.ContactDropped();
            record = record with { Person = record.Person.Forgetting(record.Person.Ledger.WithoutOldest()) };
        }

        LedgerContact made = Next(record, now, asked, madeAt) with
        {
            State = ContactState.Made,
            Outcome = outcome,
            OutcomeAt = madeAt,
            Discussed = Settlement.AboutOf(asked.Traits, asked.Discussed),
        };
        ImmutableArray<Reason> overshoot = asked.Traits.Direction is Direction.In
            ? []
            : Settlement.OvershootOf(made, record.Person, version.Policy, asked.Lists, now);
        Answer answer = new(now) { Contact = made, Overshoot = overshoot, HasCounted = true };
        return new(
            new RecordResult(KnownContact.Of(record.Key, made, version.Policy, now), overshoot),
            RequestMark.Remember(Add(record, made), mark, answer));
    }

    private static LedgerContact Next(PersonRecord record, Instant now, Asked asked, Instant at)
    {
        ContactNumber number = new(Math.Max(record.LastNumber.Value + 1, now.ToUnixTimeTicks()));
        return new LedgerContact(number, at, asked.Traits, asked.Weight, ContactState.Reserved, at, null, at);
    }

    private static PersonRecord Add(PersonRecord record, LedgerContact contact) => record with
    {
        LastNumber = contact.Number,
        Person = record.Person with { Ledger = record.Person.Ledger.Add(contact) },
    };

    private static string ContentOf(string call, Asked asked, params ReadOnlySpan<string?> others) =>
        Fingerprint.Of(call, asked.Traits, asked.Weight, [Fingerprint.Number(asked.PlannedAt), .. others]);
}
