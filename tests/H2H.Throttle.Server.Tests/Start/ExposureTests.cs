using System.Net;
using H2H.Throttle.Server.Tests.Hosting;

namespace H2H.Throttle.Server.Tests.Start;

/// <summary>Nobody opens the service to the network by accident.</summary>
public sealed class ExposureTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Theory]
    [InlineData("Access:Required", "--Server:Host=*")]
    [InlineData("Access:Required", "--Server:Host=0.0.0.0")]
    [InlineData("Access:Required", "--Server:Host=192.0.2.1")]
    [InlineData("Access:Required", "--Server:Host=*", "--Tls:EndsElsewhere=true")]
    [InlineData("Tls:CertificatePath", "--Server:Host=*", "--Access:Required=true")]
    [InlineData("localhost, * or an IP address", "--Server:Host=example.org", "--Access:Insecure=true")]
    [InlineData(
        "pages of Public:Port are on *",
        "--Server:Host=localhost", "--Public:Port=0", "--Public:Host=*", "--Public:BaseUrl=https://p.example.com")]
    [InlineData("write an address such as https://", "--Public:BaseUrl=preferences.example.com")]
    [InlineData("write an address such as https://", "--Public:LogoUrl=http://cdn.example.com/logo.svg")]
    [InlineData("unsubscribe@lists.example.com", "--Public:UnsubscribeMail=lists.example.com")]
    [InlineData("unsubscribe@lists.example.com", "--Public:UnsubscribeMail=a@b.example,c@d.example")]
    [InlineData("of no use without Tls:CertificatePath", "--Tls:ClientRootsPath=roots.pem")]
    [InlineData("cannot be read", "--Tls:CertificatePath=nowhere.pem")]
    [InlineData("cannot be read", "--Access:AdminKeyPath=nowhere.key")]
    public async Task What_would_be_open_to_anybody_is_refused_with_the_setting_to_change(
        string expected, params string[] settings)
    {
        using ServerProcess server = await ServerProcess.StartAsync(store.Path, settings);

        Assert.Equal(1, await server.ExitAsync());
        Assert.StartsWith("The server cannot start: ", server.Errors, StringComparison.Ordinal);
        Assert.Contains(expected, server.Errors, StringComparison.Ordinal);
        Assert.Single(server.Errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task An_admin_key_that_is_too_short_is_refused()
    {
        string path = store.Write("admin.key", "secret\n");

        using ServerProcess server = await ServerProcess.StartAsync(store.Path, $"--Access:AdminKeyPath={path}");

        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains("at least 32", server.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Access:Insecure=true")]
    [InlineData("--Access:Required=true", "--Tls:EndsElsewhere=true")]
    public async Task What_is_asked_for_in_so_many_words_listens_everywhere(params string[] settings)
    {
        using ServerProcess server = await ServerProcess.StartAsync(store.Path, ["--Server:Host=*", .. settings]);

        using HttpClient http = new();
        using HttpRequestMessage request = new(
            HttpMethod.Post, $"http://127.0.0.1:{server.HttpAddress.Port}/h2h.throttle.v1.ThrottleService/Check");
        request.Headers.Host = "throttle.example";
        request.Content = new StringContent("{}", null, "application/json");
        using HttpResponseMessage answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.NotEqual("HOST_NOT_ALLOWED", (await answer.ReadErrorAsync()).Info.Reason);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
}
