using System.Net;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.PublicPages;

/// <summary>A server that others reach by a name that it was not told.</summary>
public sealed class LinksNotSetUpTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData("CreateUnsubscribeLink")]
    [InlineData("CreatePageLink")]
    public async Task No_link_is_made_that_would_lead_nowhere_and_the_setting_is_named(string call)
    {
        using ServerProcess server = await ServerProcess.StartAsync(
            store.Path, "--Server:Host=*", "--Access:Insecure=true");
        using HttpClient http = new();
        using StringContent body = new("{\"personId\":\"ann\"}", null, "application/json");

        using HttpResponseMessage answer = await http.PostAsync(
            new Uri($"http://127.0.0.1:{server.HttpAddress.Port}/h2h.throttle.v1.ConsentService/{call}"),
            body,
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);   // as Connect has it for a failed precondition
        Assert.Equal("LINKS_NOT_SET_UP", (await answer.ReadErrorAsync()).Info.Reason);
        Assert.Contains(
            "Public:BaseUrl",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
