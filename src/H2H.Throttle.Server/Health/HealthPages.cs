using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Server.Http;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace H2H.Throttle.Server.Health;

/// <summary>The same health for who asks by plain HTTP, as orchestrators and load balancers do.</summary>
/// <remarks>
/// <c>GET /livez</c> is 200 while the process answers: restart it if it is not. <c>GET /readyz</c> is 200 while calls
/// are decided and 503 while they are not, which a restart does not mend; its body says which component is down.
/// </remarks>
internal static class HealthPages
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapMethods(
            "/livez",
            ReadMethods.All,
            static http => WriteAsync(http, StatusCodes.Status200OK, ServingStatus.Serving, []));
        app.MapMethods("/readyz", ReadMethods.All, static http =>
        {
            HealthService health = http.RequestServices.GetRequiredService<HealthService>();
            ServingStatus status = health.StatusOf("");
            return WriteAsync(
                http,
                status is ServingStatus.Serving
                    ? StatusCodes.Status200OK
                    : StatusCodes.Status503ServiceUnavailable,
                status,
                HealthService.Components);
        });
    }

    private static async Task WriteAsync(
        HttpContext http, int code, ServingStatus status, ImmutableArray<string> components)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using Utf8JsonWriter writer = new(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", NameOf(status));
        foreach (string component in components)
        {
            HealthService health = http.RequestServices.GetRequiredService<HealthService>();
            writer.WriteString(component, NameOf(health.StatusOf(component)));
        }

        writer.WriteEndObject();
    }

    private static string NameOf(ServingStatus status) => status is ServingStatus.Serving ? "SERVING" : "NOT_SERVING";
}
