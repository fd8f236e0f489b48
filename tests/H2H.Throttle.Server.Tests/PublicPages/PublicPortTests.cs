using System.Net;
using H2H.Throttle.Server.Tests.Hosting;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

public sealed class PublicPortTests(PublicPortTests.PagesServer server) : IClassFixture<PublicPortTests.PagesServer>
{
    private readonly string person = NewPerson();

    [Fact]
    public async Task Links_name_the_address_that_people_know()
    {
        Assert.StartsWith(
            "https://preferences.example.com/p/u/",
            await server.UnsubscribeUrlAsync(person),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "https://preferences.example.com/p/me/", await server.PageUrlAsync(person), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_for_pages_has_pages_and_nothing_else_by_whatever_name_it_is_called()
    {
        string token = (await server.PageUrlAsync(person)).Split('/')[^1];

        Assert.Equal(HttpStatusCode.OK, await PublicAsync(HttpMethod.Get, $"me/{token}"));
        Assert.Equal(HttpStatusCode.NotFound, await PublicAsync(HttpMethod.Get, "readyz"));
        Assert.Equal(HttpStatusCode.NotFound, await PublicAsync(HttpMethod.Get, "policy.schema.json"));
        Assert.Equal(
            HttpStatusCode.NotFound, await PublicAsync(HttpMethod.Post, "h2h.throttle.v1.ConsentService/OptOut"));
    }

    [Fact]
    public async Task The_heading_has_the_name_and_the_logo_that_were_set()
    {
        string token = (await server.PageUrlAsync(person)).Split('/')[^1];

        (_, string page) = await server.GetAsync($"me/{token}");

        Assert.Contains(
            "<img src=\"https://cdn.example.com/logo.svg\" alt=\"\">North &amp; Co", page, StringComparison.Ordinal);
        Assert.Contains("--accent:#0000ff", page, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> PublicAsync(HttpMethod method, string path)
    {
        using HttpRequestMessage request = new(method, new Uri(server.PublicAddress, path));
        request.Headers.Host = "preferences.example.com";
        using HttpResponseMessage response = await server.Http.SendAsync(
            request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public sealed class PagesServer() : TestServer(
        "--Public:Port=0",
        "--Public:BaseUrl=https://preferences.example.com/p/",
        "--Public:Title=North & Co",
        "--Public:LogoUrl=https://cdn.example.com/logo.svg",
        "--Public:Colour=#0000ff");
}
