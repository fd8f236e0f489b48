namespace H2H.Throttle.Server.Http;

/// <summary>The methods by which a page is read: <c>HEAD</c> wherever <c>GET</c> is (RFC 9110, section 9.1).</summary>
internal static class ReadMethods
{
    public static string[] All { get; } = [HttpMethods.Get, HttpMethods.Head];
}
