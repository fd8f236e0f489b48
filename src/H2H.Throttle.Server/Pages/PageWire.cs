using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Server.Pages;

/// <summary>Pages on the wire (AIP-158).</summary>
internal static class PageWire
{
    /// <summary>0 is the default and too much the most; what is negative stays so, for the engine to refuse.</summary>
    public static int ReadSize(int pageSize) =>
        pageSize == 0 ? RequestBounds.PageSizeDefault : Math.Min(pageSize, RequestBounds.PageSizeMax);
}
