using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Lists;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.Consent;

/// <summary>What people say.</summary>
internal sealed class ConsentService(ThrottleEngine engine, ListCalls lists, MessageCalls messages, LinkCalls links)
    : Wire.ConsentService.ConsentServiceBase
{
    public override async Task<OptOutResponse> OptOut(OptOutRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.By(context.Actor()).OptOutAsync(
            request.RequestId,
            request.PersonId,
            ConsentWire.Read(request.Scope),
            request.Source,
            at,
            context.CancellationToken);

        OptOutResponse response = new()
        {
            Consent = ConsentWire.Write(result),
            Durability = ConsentWire.Write(result.Durability),
        };
        response.RevokedReservationIds.AddRange(result.Revoked.Select(static id => id.ToString()));
        return response;
    }

    public override async Task<OptInResponse> OptIn(OptInRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.By(context.Actor()).OptInAsync(
            request.RequestId,
            request.PersonId,
            ConsentWire.Read(request.Scope),
            request.Source,
            at,
            context.CancellationToken);

        return new OptInResponse { Consent = ConsentWire.Write(result), Lifted = result.Lifted };
    }

    public override async Task<SnoozeResponse> Snooze(SnoozeRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? until = TimeWire.Read(request.Until, "until", violations);
        Instant? at = TimeWire.Read(request.At, "at", violations);
        if (request.Wake && request.Until is not null)
        {
            violations.Add("until", ErrorReason.FieldNotAllowed, "until must be absent where wake is true.");
        }
        else if (!request.Wake && request.Until is null)
        {
            violations.Add("until", ErrorReason.FieldMissing, "until is missing; to end a snooze set wake.");
        }

        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.By(context.Actor()).SnoozeAsync(
            request.RequestId, request.PersonId, ConsentWire.Read(request.Scope), until, at, context.CancellationToken);

        return new SnoozeResponse
        {
            Consent = ConsentWire.Write(result),
            Durability = ConsentWire.Write(result.Durability),
        };
    }

    public override async Task<GrantConsentResponse> GrantConsent(
        GrantConsentRequest request, ServerCallContext context)
    {
        Violations violations = new();
        ConsentDraft draft = new(request.Name)
        {
            Scope = ConsentWire.Read(request.Scope),
            StartsAt = TimeWire.Read(request.StartsAt, "starts_at", violations),
            Until = TimeWire.Read(request.Until, "until", violations),
            EndsOn = [.. request.EndsOn],
            Proof = request.Proof,
            Source = request.Source,
        };
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.By(context.Actor()).GrantAsync(
            request.RequestId, request.PersonId, draft, at, context.CancellationToken);

        return new GrantConsentResponse { Consent = ConsentWire.Write(result) };
    }

    public override async Task<RevokeConsentResponse> RevokeConsent(
        RevokeConsentRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.By(context.Actor()).RevokeAsync(
            request.RequestId,
            request.PersonId,
            request.Name,
            ConsentWire.Read(request.Scope),
            request.Source,
            at,
            context.CancellationToken);

        RevokeConsentResponse response = new()
        {
            Consent = ConsentWire.Write(result),
            Durability = ConsentWire.Write(result.Durability),
        };
        response.RevokedReservationIds.AddRange(result.Revoked.Select(static id => id.ToString()));
        return response;
    }

    public override async Task<GetConsentResponse> GetConsent(GetConsentRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();

        ConsentResult result = await engine.Consent.GetAsync(request.PersonId, at, context.CancellationToken);

        GetConsentResponse response = new()
        {
            Consent = ConsentWire.Write(result), HistoryForgotten = result.HistoryForgotten,
        };
        response.History.AddRange(result.History.Select(ConsentWire.Write));
        return response;
    }

    public override Task<ReceiveMessageResponse> ReceiveMessage(
        ReceiveMessageRequest request, ServerCallContext context) => messages.ReceiveAsync(request, context);

    public override Task<CreateUnsubscribeLinkResponse> CreateUnsubscribeLink(
        CreateUnsubscribeLinkRequest request, ServerCallContext context) => Task.FromResult(links.Unsubscribe(request));

    public override Task<CreatePageLinkResponse> CreatePageLink(
        CreatePageLinkRequest request, ServerCallContext context) => Task.FromResult(links.Page(request));

    public override Task<ImportSuppressionsResponse> ImportSuppressions(
        IAsyncStreamReader<ImportSuppressionsRequest> requestStream, ServerCallContext context) =>
        lists.ImportAsync(requestStream, context);

    public override Task<GetSuppressionImportResponse> GetSuppressionImport(
        GetSuppressionImportRequest request, ServerCallContext context) => lists.GetImportAsync(request, context);

    public override Task<ListSuppressionListsResponse> ListSuppressionLists(
        ListSuppressionListsRequest request, ServerCallContext context) => lists.ListAsync(context.CancellationToken);

    public override Task<RemoveSuppressionListResponse> RemoveSuppressionList(
        RemoveSuppressionListRequest request, ServerCallContext context) => lists.RemoveAsync(request, context);

    public override Task ExportSuppressions(
        ExportSuppressionsRequest request,
        IServerStreamWriter<ExportSuppressionsResponse> responseStream,
        ServerCallContext context) => lists.ExportAsync(request, responseStream, context);
}
