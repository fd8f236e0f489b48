using System.Net;
using System.Text.Json;
using Google.Protobuf.Reflection;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.OpenApi;

/// <summary>
/// What the server says that it can be asked. A client of another language holds it against what it does.
/// </summary>
public sealed class OpenApiDocumentTests(AskingServer server) : IClassFixture<AskingServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_unary_call_is_in_it_with_its_comment_and_its_roles()
    {
        JsonElement paths = (await ReadAsync()).GetProperty("paths");

        ServiceDescriptor[] services =
        [
            ThrottleService.Descriptor, ConsentService.Descriptor, PersonService.Descriptor, PolicyService.Descriptor,
            AccessService.Descriptor, JournalService.Descriptor, WebhookService.Descriptor,
            Grpc.Health.V1.Health.Descriptor,
        ];
        Assert.All(
            services.SelectMany(static service => service.Methods)
                .Where(static call => !call.IsClientStreaming && !call.IsServerStreaming),
            call => Assert.True(paths.TryGetProperty($"/{call.Service.FullName}/{call.Name}", out _), call.FullName));
        Assert.EndsWith(
            "Roles: sender, agent, admin.",
            paths.GetProperty("/h2h.throttle.v1.ThrottleService/Reserve").GetProperty("post")
                .GetProperty("description").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/openapi.json", "application/json")]
    [InlineData("/", "text/html")]
    public async Task It_is_shown_without_credentials_because_it_tells_nothing_of_anybody(string path, string type)
    {
        using HttpResponseMessage response = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/openapi.json")]
    [InlineData("/policy.schema.json")]
    [InlineData("/scenario.schema.json")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Whoever_asks_for_the_head_alone_gets_that_of_the_page(string path)
    {
        using HttpRequestMessage ask = new(HttpMethod.Head, path);
        using HttpResponseMessage page = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        using HttpResponseMessage head = await server.Http.SendAsync(ask, Cancellation);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(page.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task The_front_page_repeats_no_markup_of_who_asks()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Host", "localhost:1\"><script>");

        using HttpResponseMessage response = await server.Http.SendAsync(request, Cancellation);

        string page = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    private async Task<JsonElement> ReadAsync()
    {
        using HttpResponseMessage response = await server.Http.GetAsync(
            new Uri("/openapi.json", UriKind.Relative), Cancellation);
        return await response.ReadJsonAsync();
    }
}
