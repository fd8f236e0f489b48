using H2H.Throttle.Engine.Shadows;
using H2H.Throttle.Server.Times;

namespace H2H.Throttle.Server.Policies;

/// <summary>Rules that decide nothing on the wire.</summary>
internal static class ShadowWire
{
    public static Wire.ShadowPolicy Write(ShadowPolicy shadow)
    {
        Wire.ShadowPolicy written = new()
        {
            Number = shadow.Number,
            Name = shadow.Policy.Name,
            Document = shadow.Document,
            Comment = shadow.Comment,
            SetAt = TimeWire.Write(shadow.SetAt),
        };
        written.Rules.AddRange(shadow.Rules);
        return written;
    }

    public static Wire.ShadowCounts Write(ShadowCounts counts)
    {
        Wire.ShadowCounts written = new()
        {
            Since = TimeWire.WriteOrNull(counts.Since),
            Asked = counts.Asked,
            WouldRefuse = counts.WouldRefuse,
            WouldAllow = counts.WouldAllow,
        };
        written.Rules.AddRange(counts.Rules.Select(static rule => new Wire.ShadowRule
        {
            Rule = rule.Rule, Contacts = rule.Contacts, Alone = rule.Alone,
        }));
        return written;
    }
}
