using Grpc.Core;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Keywords;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;
using Actor = H2H.Throttle.Engine.Access.Actor;
using MessageMeaning = H2H.Throttle.Wire.MessageMeaning;
using MessageReach = H2H.Throttle.Engine.Keywords.MessageReach;

namespace H2H.Throttle.Server.Consent;

/// <summary>Messages that come from people.</summary>
internal sealed class MessageCalls(ThrottleEngine engine, KeywordBook keywords, GoodLinks links)
{
    public async Task<ReceiveMessageResponse> ReceiveAsync(ReceiveMessageRequest request, ServerCallContext context)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        MessageDraft draft = new(request.Text, request.Channel)
        {
            Brand = request.Brand,
            Reach = ReachOf(request.Reach, violations),
            Language = request.Language,
            Source = request.Source,
            Link = MessageReader.TokenIn(request.Text) is { } token ? links.Open(LinkUse.Unsubscribe, token) : null,
        };
        violations.ThrowIfAny();
        draft = Bound(draft, Doorkeeper.CallerOf(context));

        MessageResult result = await engine.Consent.By(ActorOf(context)).HearAsync(
            request.RequestId, request.PersonId, draft, keywords, at, context.CancellationToken);

        ReceiveMessageResponse response = new()
        {
            Meaning = (MessageMeaning)(result.Understood.Meaning + 1),
            Keyword = result.Understood.Keyword ?? "",
            Scope = result.Scope is Scope scope ? ConsentWire.Write(scope) : null,
            Consent = ConsentWire.Write(result.Consent),
            Durability = ConsentWire.Write(result.Consent.Durability),
            Confirmation = result.MayConfirm ? keywords.ConfirmationOf(result.Understood, request.Brand) ?? "" : "",
            Language = result.Understood.Language,
        };
        response.RevokedReservationIds.AddRange(result.Consent.Revoked.Select(static id => id.ToString()));
        return response;
    }

    private static Actor ActorOf(ServerCallContext context)
    {
        Actor caller = context.Actor();
        return new Actor(caller.Kind, caller.Id, caller.Role, "keyword");
    }

    /// <summary>
    /// Who may speak for some brands alone passes on no "yes" to others: what it passes on is about its own brand.
    /// </summary>
    private MessageDraft Bound(MessageDraft draft, Caller caller)
    {
        if (caller.Brands.IsEmpty
            || keywords.Understand(draft.Text ?? "", null).Meaning is not Engine.Keywords.MessageMeaning.OptIn)
        {
            return draft;
        }

        return caller.SpeaksFor(string.IsNullOrEmpty(draft.Brand) ? null : draft.Brand)
            ? draft with
            {
                Reach = draft.Reach is MessageReach.Channel or MessageReach.ChannelOfBrand
                    ? MessageReach.ChannelOfBrand
                    : MessageReach.Brand,
            }
            : throw AccessErrorWire.NotForBrand(caller, "brand");
    }

    private static MessageReach ReachOf(Wire.MessageReach reach, Violations violations)
    {
        switch (reach)
        {
            case Wire.MessageReach.Unspecified or Wire.MessageReach.Channel:
                return MessageReach.Channel;
            case Wire.MessageReach.ChannelOfBrand:
                return MessageReach.ChannelOfBrand;
            case Wire.MessageReach.Brand:
                return MessageReach.Brand;
            case Wire.MessageReach.Everything:
                return MessageReach.Everything;
            default:
                violations.Add("reach", ErrorReason.EnumOutOfRange, "reach is not one of those that there are.");
                return MessageReach.Channel;
        }
    }
}
