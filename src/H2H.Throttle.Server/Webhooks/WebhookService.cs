using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Webhooks;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Pages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>Receivers that are told of what the journal gets to know.</summary>
internal sealed class WebhookService(ThrottleEngine engine, HttpCarrier carrier, AddressGuard guard)
    : Wire.WebhookService.WebhookServiceBase
{
    public override async Task<CreateWebhookResponse> CreateWebhook(
        CreateWebhookRequest request, ServerCallContext context)
    {
        Violations violations = new();
        WebhookDraft draft = WebhookWire.Read(request.Webhook, guard, violations);
        violations.ThrowIfAny();

        MintedWebhook minted = await engine.Webhooks.CreateAsync(
            request.Webhook.Name,
            draft,
            request.HasAfter ? request.After : null,
            context.Actor(),
            context.CancellationToken);

        return new CreateWebhookResponse { Webhook = WebhookWire.Write(minted.View), Secret = minted.Secret };
    }

    public override async Task<ListWebhooksResponse> ListWebhooks(
        ListWebhooksRequest request, ServerCallContext context)
    {
        ListWebhooksResponse response = new();
        response.Webhooks.AddRange(
            (await engine.Webhooks.ListAsync(context.CancellationToken)).Select(WebhookWire.Write));
        return response;
    }

    public override async Task<GetWebhookResponse> GetWebhook(GetWebhookRequest request, ServerCallContext context) =>
        new()
        {
            Webhook = WebhookWire.Write(await engine.Webhooks.GetAsync(request.Name, context.CancellationToken)),
        };

    public override async Task<UpdateWebhookResponse> UpdateWebhook(
        UpdateWebhookRequest request, ServerCallContext context)
    {
        Violations violations = new();
        WebhookDraft draft = WebhookWire.Read(request.Webhook, request.UpdateMask, guard, violations);
        violations.ThrowIfAny();

        WebhookView changed = await engine.Webhooks.UpdateAsync(
            request.Webhook.Name, draft, context.Actor(), context.CancellationToken);

        return new UpdateWebhookResponse { Webhook = WebhookWire.Write(changed) };
    }

    public override async Task<RotateWebhookSecretResponse> RotateWebhookSecret(
        RotateWebhookSecretRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Duration? kept = TimeWire.Read(
            request.KeepFormerFor, "keep_former_for", ErrorReason.TimeOutOfRange, violations);
        violations.ThrowIfAny();

        MintedWebhook minted = await engine.Webhooks.RotateSecretAsync(
            request.Name, kept, context.Actor(), context.CancellationToken);

        return new RotateWebhookSecretResponse { Webhook = WebhookWire.Write(minted.View), Secret = minted.Secret };
    }

    public override async Task<DeleteWebhookResponse> DeleteWebhook(
        DeleteWebhookRequest request, ServerCallContext context)
    {
        await engine.Webhooks.DeleteAsync(request.Name, context.Actor(), context.CancellationToken);
        return new DeleteWebhookResponse();
    }

    public override async Task<TestWebhookResponse> TestWebhook(
        TestWebhookRequest request, ServerCallContext context) => new()
        {
            Delivery = WebhookWire.Write(
                await engine.Webhooks.TestAsync(request.Name, carrier, context.CancellationToken)),
        };

    public override async Task<ListDeadLettersResponse> ListDeadLetters(
        ListDeadLettersRequest request, ServerCallContext context)
    {
        DeadLetterPage page = await engine.Webhooks.DeadLetters.ListAsync(
            request.Name, PageWire.ReadSize(request.PageSize), request.PageToken, context.CancellationToken);

        ListDeadLettersResponse response = new() { NextPageToken = page.Next ?? "" };
        response.DeadLetters.AddRange(page.Letters.Select(WebhookWire.Write));
        return response;
    }

    public override async Task<ReplayDeadLettersResponse> ReplayDeadLetters(
        ReplayDeadLettersRequest request, ServerCallContext context)
    {
        Replayed replayed = await engine.Webhooks.DeadLetters.ReplayAsync(
            request.Name, request.Positions, carrier, context.CancellationToken);

        return new ReplayDeadLettersResponse
        {
            Taken = replayed.Taken,
            Left = replayed.Left,
            FailedPosition = replayed.FailedAt ?? 0,
            FailedDelivery = replayed.Failure is { } failure ? WebhookWire.Write(failure) : null,
        };
    }
}
