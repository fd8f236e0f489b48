using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Tells the port for pages alone from the others.</summary>
internal static class PublicPort
{
    private static readonly object Item = new();

    public static void Mark(ListenOptions endpoint) => endpoint.Use(next => connection =>
    {
        connection.Items[Item] = true;
        return next(connection);
    });

    /// <summary>Whether the request came by it, so that nothing but pages may be answered.</summary>
    public static bool IsOf(HttpContext http) =>
        http.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Item) == true;
}
