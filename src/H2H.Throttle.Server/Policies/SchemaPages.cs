using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.Policies;

/// <summary>The schemas of the policy language over HTTP, for editors that are given an address.</summary>
internal static class SchemaPages
{
    private const string ContentType = "application/schema+json; charset=utf-8";

    public static void MapSchemas(this WebApplication app)
    {
        app.MapMethods(
            $"/{PolicySchemas.PolicyName}",
            ReadMethods.All,
            static () => Results.Text(PolicySchemas.Policy, ContentType));
        app.MapMethods(
            $"/{PolicySchemas.ScenarioName}",
            ReadMethods.All,
            static () => Results.Text(PolicySchemas.Scenario, ContentType));
    }
}
