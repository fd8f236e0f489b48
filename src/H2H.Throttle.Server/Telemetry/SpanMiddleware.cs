using System.Diagnostics;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>
/// Names the span of a request by its route, never by its path, which may say more than it should. What machines ask
/// every few seconds is not traced.
/// </summary>
internal sealed class SpanMiddleware(RequestDelegate next)
{
    private const string GrpcHealth = "/grpc.health.v1.Health/";

    public Task InvokeAsync(HttpContext http)
    {
        if (Activity.Current is { IsAllDataRequested: true } span
            && http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            if (route is "/livez" or "/readyz" or "/metrics"
                || route.StartsWith(GrpcHealth, StringComparison.Ordinal))
            {
                span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
                span.IsAllDataRequested = false;
            }
            else
            {
                span.DisplayName = $"{http.Request.Method} {route}";
                span.SetTag("http.route", route);
            }
        }

        return next(http);
    }
}
