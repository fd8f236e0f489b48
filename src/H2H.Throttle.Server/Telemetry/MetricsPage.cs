using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.Telemetry;

/// <summary><c>GET /metrics</c>, where it is wanted.</summary>
internal static class MetricsPage
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="app">To serve it.</param>
    /// <param name="scrape">What it shows; null: there is no such page.</param>
    public static void MapMetrics(this WebApplication app, Scrape? scrape)
    {
        if (scrape is not null)
        {
            app.MapMethods("/metrics", ReadMethods.All, async http =>
            {
                string text = await scrape.ReadAsync(http.RequestAborted);
                http.Response.ContentType = ContentType;
                http.Response.Headers.CacheControl = "no-store";
                await http.Response.WriteAsync(text, http.RequestAborted);
            });
        }
    }
}
