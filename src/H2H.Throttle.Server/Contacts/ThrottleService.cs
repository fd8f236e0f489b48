using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Batches;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.Contacts;

/// <summary>What senders ask.</summary>
internal sealed class ThrottleService(ThrottleEngine engine, BatchCalls batches)
    : Wire.ThrottleService.ThrottleServiceBase
{
    public override async Task<CheckResponse> Check(CheckRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ContactDraft contact = ContactWire.Read(request.Contact, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        CheckResult result = await engine.Throttler.CheckAsync(
            contact, at, request.OverrideReason, context.CancellationToken);

        return new CheckResponse { Decision = DecisionWire.Write(result.Person, result.Verdict) };
    }

    public override async Task<ReserveResponse> Reserve(ReserveRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ContactDraft contact = ContactWire.Read(request.Contact, violations);
        Duration? timeToLive = TimeWire.Read(
            request.TimeToLive, "time_to_live", ErrorReason.TimeToLiveOutOfRange, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ReserveResult result = await engine.Throttler.By(context.Actor()).ReserveAsync(
            request.RequestId, contact, timeToLive, at, request.OverrideReason, context.CancellationToken);

        return new ReserveResponse
        {
            Decision = DecisionWire.Write(result.Person, result.Verdict),
            Reservation = DecisionWire.Write(result.Reservation),
        };
    }

    public override async Task<ConfirmResponse> Confirm(ConfirmRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? madeAt = TimeWire.Read(request.MadeAt, "made_at", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConfirmResult result = await engine.Reservations.ConfirmAsync(
            request.RequestId,
            request.ReservationId,
            madeAt,
            new OutcomeDraft(request.Outcome) { Discussed = [.. request.Discussed] },
            at,
            context.CancellationToken);

        ConfirmResponse response = new()
        {
            Contact = ContactWire.Write(result.Contact),
            Late = result.IsLate,
            Revoked = result.IsRevoked,
        };
        response.Overshoot.AddRange(
            DecisionWire.Write(result.Contact.Id.Person, result.Overshoot, result.Contact.Contact.At));
        return response;
    }

    public override async Task<ReleaseResponse> Release(ReleaseRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        KnownContact contact = await engine.Reservations.ReleaseAsync(
            request.RequestId, request.ReservationId, at, context.CancellationToken);

        return new ReleaseResponse { Contact = ContactWire.Write(contact) };
    }

    public override async Task<RecordResponse> Record(RecordRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ContactDraft contact = ContactWire.Read(request.Contact, violations);
        Instant? madeAt = TimeWire.Read(request.MadeAt, "made_at", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        RecordResult result = await engine.Throttler.RecordAsync(
            request.RequestId,
            contact with { Discussed = [.. request.Discussed] },
            madeAt,
            request.Outcome,
            at,
            context.CancellationToken);

        RecordResponse response = new() { Contact = ContactWire.Write(result.Contact) };
        response.Overshoot.AddRange(
            DecisionWire.Write(result.Contact.Id.Person, result.Overshoot, result.Contact.Contact.At));
        return response;
    }

    public override async Task<ReportOutcomeResponse> ReportOutcome(
        ReportOutcomeRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? outcomeAt = TimeWire.Read(request.Outcome?.At, "outcome.at", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        KnownContact contact = await engine.Reservations.ReportOutcomeAsync(
            request.RequestId,
            request.ContactId,
            new OutcomeDraft(request.Outcome?.Name) { Discussed = [.. request.Discussed] },
            outcomeAt,
            at,
            context.CancellationToken);

        return new ReportOutcomeResponse { Contact = ContactWire.Write(contact) };
    }

    public override async Task<FindSlotsResponse> FindSlots(FindSlotsRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ContactDraft contact = ContactWire.Read(request.Contact, violations);
        Instant? from = TimeWire.Read(request.From, "from", violations);
        Instant? until = TimeWire.Read(request.Until, "until", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();
        int slotsMax = request.HasMaxSlots ? request.MaxSlots : RequestBounds.SlotsDefault;

        SlotsResult result = await engine.Throttler.FindSlotsAsync(
            contact, from, until, slotsMax, at, context.CancellationToken);

        FindSlotsResponse response = new()
        {
            More = result.HasMore,
            Decision = DecisionWire.Write(result.Person, result.Verdict),
        };
        response.Warnings.AddRange(DecisionWire.Write(result.Person, result.Cautions, result.Verdict.At));
        response.Slots.AddRange(result.Slots.Select(static slot => new Slot
        {
            Start = TimeWire.Write(slot.Start),
            End = TimeWire.Write(slot.End),
        }));
        return response;
    }

    public override async Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ContactDraft contact = ContactWire.Read(request.Contact, violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ExplainResult result = await engine.Explainer.ExplainAsync(
            contact, at, request.OverrideReason, request.TimeZone, context.CancellationToken);

        return new ExplainResponse
        {
            Decision = DecisionWire.Write(result.Person, result.Verdict),
            Explanation = ExplanationWire.Write(result),
        };
    }

    public override async Task<PlanContactsResponse> PlanContacts(
        PlanContactsRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ImmutableArray<ContactDraft> contacts =
        [
            .. request.Contacts.Select((contact, i) => ContactWire.Read(contact, $"contacts[{i}]", violations)),
        ];
        Instant? from = TimeWire.Read(request.From, "from", violations);
        Instant? until = TimeWire.Read(request.Until, "until", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        PlanResult result = await engine.Planner.PlanAsync(contacts, from, until, at, context.CancellationToken);

        PlanContactsResponse response = new() { CutShort = result.MayBeBeaten };
        response.Contacts.AddRange(result.Contacts.Select(planned => new Wire.PlannedContact
        {
            Index = planned.Index,
            PlannedAt = TimeWire.WriteOrNull(planned.At),
            Decision = planned.AtStart is { } verdict ? DecisionWire.Write(result.Person, verdict) : null,
            Warnings = { DecisionWire.Write(result.Person, planned.Cautions, planned.At ?? Instant.MinValue) },
        }));
        return response;
    }

    public override Task<BatchCheckResponse> BatchCheck(BatchCheckRequest request, ServerCallContext context) =>
        batches.CheckAsync(request, context);

    public override Task<BatchReserveResponse> BatchReserve(BatchReserveRequest request, ServerCallContext context) =>
        batches.ReserveAsync(request, context);

    public override Task StreamCheck(
        IAsyncStreamReader<StreamCheckRequest> requestStream,
        IServerStreamWriter<StreamCheckResponse> responseStream,
        ServerCallContext context) => batches.CheckAsync(requestStream, responseStream, context);

    public override Task StreamReserve(
        IAsyncStreamReader<StreamReserveRequest> requestStream,
        IServerStreamWriter<StreamReserveResponse> responseStream,
        ServerCallContext context) => batches.ReserveAsync(requestStream, responseStream, context);
}
