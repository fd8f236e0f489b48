using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Links;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Which links are good now: signed by this deployment, for that use, and not too old.</summary>
internal sealed class GoodLinks(ThrottleEngine engine, PublicOptions options)
{
    private static readonly Duration AheadMax = Duration.FromDays(1);   // clocks of servers differ

    /// <summary>Null: it is not good for that, or no longer. Asks no store.</summary>
    public Link? Open(LinkUse use, string token)
    {
        Link? link = engine.Own.Read(token);
        int days = use is LinkUse.Unsubscribe ? options.UnsubscribeDays : options.PageDays;
        Instant now = engine.Own.Now;
        return link?.Use == use && link.Issued <= now + AheadMax && now < link.Issued + Duration.FromDays(days)
            ? link
            : null;
    }
}
