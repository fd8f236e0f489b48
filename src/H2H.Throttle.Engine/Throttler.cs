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
using H2H.Throttle.Engine.Shadows;
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
    private readonly ShadowDesk shadows;
    private readonly DecisionMeter meter;
    private readonly ReservingReader reservings;
    private readonly ILogger log;

    internal Throttler(
        PooledPeople people,
        PolicyShelf policies,
        ListShelf lists,
        ShadowDesk shadows,
        IdentityHasher hasher,
        RequestClock clock,
        DecisionMeter meter,
        ILogger<Throttler> log)
    {
        (this.people, this.policies, this.shadows, this.hasher) = (people, policies, shadows, hasher);
        (this.clock, this.meter, this.log) = (clock, meter, log);
        reader = new AskedReader(hasher, lists);
        reservings = new ReservingReader(reader, hasher, clock, meter);
    }

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
        Checking asked = reader.Read(
            new CheckDraft(draft) { At = at, OverrideReason = overrideReason }, clock, policies.Current, meter);

        PersonRecord record = await people
            .LoadAsync(asked.Person, asked.Policy, asked.Now, cancellation).ConfigureAwait(false);

        CheckResult result = asked.Answer(record);
        meter.Answered(span, DecisionMeter.Check, asked.Asked.Traits, result.Verdict, isRepeated: false);
        return result;
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
        Reserving asked = reservings.Read(
            new ReserveDraft(draft)
            {
                RequestId = requestId, TimeToLive = timeToLive, At = at, OverrideReason = overrideReason,
            },
            policies.Current);

        Judged? judged = null;
        ReserveResult result = await people.ChangeAsync(
            asked.Person,
            asked.Now,
            asked.Policy,
            (record, now) =>
            {
                Change<ReserveResult> made = asked.Make(record, now);
                judged = Judged.Of(made, record, now);
                return made;
            },
            cancellation).ConfigureAwait(false);
        meter.Answered(span, DecisionMeter.Reserve, asked.Asked.Traits, result.Verdict, isRepeated: judged is null);
        shadows.Count(asked, judged, result.Verdict.Decision);
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
        string content = asked.ContentOf("record", [Fingerprint.Number(madeAt), word, .. draft.Discussed]);
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
            record.Key,
            [.. slots.Take(slotsMax)],
            slots.Length > slotsMax,
            Verdict.Of(record, attempt, now, version, meter),
            Decider.Cautions(
                version.Policy, record.Person, attempt, now,
                attempt.At, Instant.Max(attempt.At, end - Duration.Epsilon)));
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

        LedgerContact made = asked.Next(record, now, madeAt) with
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
            RequestMark.Remember(record.With(made), mark, answer));
    }
}
