using System.Net;
using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.OpenApi;

/// <summary>What the HTTP port says of itself: to programs the OpenAPI document, to people where to go on.</summary>
internal static class OpenApiPages
{
    private const string FrontPage = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>H2H Throttle</title>
        <style>
          body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }
          pre { overflow: auto; padding: 1rem; background: #8881 }
        </style>
        <h1>H2H Throttle</h1>
        <p>Ask before you contact a person. Every call is a POST with JSON at the path of its gRPC name:</p>
        <pre>curl ADDRESS/h2h.throttle.v1.ThrottleService/Check \
          -H 'Content-Type: application/json' \
          -d '{"contact":{"personId":"ann","channel":"email","purpose":"marketing"}}'</pre>
        <ul>
          <li><a href="openapi.json">openapi.json</a>: all that can be asked, for programs that make clients</li>
          <li><a href="policy.schema.json">policy.schema.json</a> and
            <a href="scenario.schema.json">scenario.schema.json</a>: for editors that complete policies</li>
          <li><a href="readyz">readyz</a>: whether calls are decided;
            <a href="livez">livez</a>: whether this answers</li>
        </ul>
        </html>
        """;

    public static void MapOpenApi(this WebApplication app)
    {
        app.MapMethods("/openapi.json", ReadMethods.All, static (OpenApiDocument document) =>
            Results.Bytes(document.Utf8, "application/json; charset=utf-8"));
        app.MapMethods("/", ReadMethods.All, static (HttpRequest request) => Results.Text(
            FrontPage.Replace(
                "ADDRESS", WebUtility.HtmlEncode($"{request.Scheme}://{request.Host}"), StringComparison.Ordinal),
            "text/html; charset=utf-8"));
    }
}
