using H2H.Throttle.Engine.Policies;

namespace H2H.Throttle.Server.Policies;

/// <summary>The schemas of the policy language over HTTP, for editors that are given an address.</summary>
internal static class SchemaPages
{
    private const string ContentType = "application/schema+json; charset=utf-8";

    public static void MapSchemas(this WebApplication app)
    {
        app.MapGet($"/{PolicySchemas.PolicyName}", static () => Results.Text(PolicySchemas.Policy, ContentType));
        app.MapGet($"/{PolicySchemas.ScenarioName}", static () => Results.Text(PolicySchemas.Scenario, ContentType));
    }
}
