using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Server.Consent;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Makes links to give to people.</summary>
internal sealed class LinkCalls(ThrottleEngine engine, PublicAddress address, PublicOptions options)
{
    public CreateUnsubscribeLinkResponse Unsubscribe(CreateUnsubscribeLinkRequest request)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();
        (string token, Instant issued) = engine.Own.Sign(
            LinkUse.Unsubscribe, request.PersonId, ConsentWire.Read(request.Scope), at);

        string url = address.Of(PublicPaths.Unsubscribe, token);
        return new CreateUnsubscribeLinkResponse
        {
            Url = url,
            ListUnsubscribe = address.MailOf(token) is { } mail ? $"<{url}>, <{mail}>" : $"<{url}>",
            ListUnsubscribePost = $"{UnsubscribePage.Field}={UnsubscribePage.Value}",
            ExpiresAt = TimeWire.Write(issued + Duration.FromDays(options.UnsubscribeDays)),
        };
    }

    public CreatePageLinkResponse Page(CreatePageLinkRequest request)
    {
        Violations violations = new();
        Instant? at = TimeWire.Read(request.At, "at", violations);
        violations.ThrowIfAny();
        (string token, Instant issued) = engine.Own.Sign(LinkUse.Page, request.PersonId, Scope.Everything, at);

        return new CreatePageLinkResponse
        {
            Url = address.Of(PublicPaths.Own, token),
            ExpiresAt = TimeWire.Write(issued + Duration.FromDays(options.PageDays)),
        };
    }
}
