using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>The server proves who it is, asks callers to, and takes up a new certificate without a restart.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryStore files = new();
    private readonly CertificateAuthority authority = new("h2h test root");
    private readonly CertificateAuthority stranger = new("another root");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        authority.Dispose();
        stranger.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task Both_ports_speak_tls_and_nothing_else()
    {
        using ServerProcess server = await StartAsync();

        using GrpcChannel channel = Connect(server, authority, null);
        await new AccessService.AccessServiceClient(channel).GetCallerAsync(new(), TestServer.Call);
        using HttpClient http = new(Trusting(authority, null));
        using HttpResponseMessage answer = await http.PostAsync(
            new Uri(server.HttpAddress, "/h2h.throttle.v1.AccessService/GetCaller"),
            new StringContent("{}", null, "application/json"),
            Cancellation);
        Assert.True(answer.IsSuccessStatusCode);

        using GrpcChannel distrusting = Connect(server, stranger, null);
        await UnreachableAsync(distrusting);
        using GrpcChannel clear = GrpcChannel.ForAddress(new Uri($"http://{server.GrpcAddress.Authority}"));
        await UnreachableAsync(clear);
    }

    [Fact]
    public async Task A_caller_without_a_certificate_of_the_right_root_does_not_get_through()
    {
        string roots = files.Write("roots.pem", authority.RootPem);
        using ServerProcess server = await StartAsync($"--Tls:ClientRootsPath={roots}");
        using X509Certificate2 known = authority.Issue("mail platform");
        using X509Certificate2 unknown = stranger.Issue("mail platform");

        using GrpcChannel right = Connect(server, authority, known);
        await new AccessService.AccessServiceClient(right).GetCallerAsync(new(), TestServer.Call);

        using GrpcChannel none = Connect(server, authority, null);
        Refusal refusal = await Refusal.OfAsync(
            new AccessService.AccessServiceClient(none).GetCallerAsync(new(), TestServer.Call));
        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIALS_MISSING"), (refusal.Code, refusal.Reason));
        using GrpcChannel wrong = Connect(server, authority, unknown);
        await UnreachableAsync(wrong);

        // Whoever restarts servers that are not well has no certificate.
        using HttpClient http = new(Trusting(authority, null));
        using HttpResponseMessage ready = await http.GetAsync(new Uri(server.HttpAddress, "/readyz"), Cancellation);
        Assert.True(ready.IsSuccessStatusCode);
        Assert.Equal((0, ""), await server.ProbeAsync());
    }

    [Fact]
    public async Task A_new_certificate_is_taken_up_while_it_runs_and_a_broken_one_is_not()
    {
        using ServerProcess server = await StartAsync();
        string before = await ShownAsync(server);

        await File.WriteAllTextAsync(CertificatePath, "not a certificate", Cancellation);
        File.SetLastWriteTimeUtc(CertificatePath, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancellation);   // it is looked at once a second
        Assert.Equal(before, await ShownAsync(server));

        files.Write("server.pem", authority.IssuePem("localhost"));
        File.SetLastWriteTimeUtc(CertificatePath, new DateTime(2031, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        string after = before;
        for (int tries = 0; tries < 100 && after == before; tries++)
        {
            await Task.Delay(100, Cancellation);
            after = await ShownAsync(server);
        }

        Assert.NotEqual(before, after);
    }

    private string CertificatePath => Path.Combine(Path.GetDirectoryName(files.Path)!, "server.pem");

    private Task<ServerProcess> StartAsync(params string[] settings)
    {
        string path = files.Write("server.pem", authority.IssuePem("localhost"));
        return ServerProcess.StartAsync(files.Path, [$"--Tls:CertificatePath={path}", .. settings]);
    }

    private static async Task UnreachableAsync(GrpcChannel channel)
    {
        AccessService.AccessServiceClient client = new(channel);
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            async () => await client.GetCallerAsync(new(), TestServer.Call));
        Assert.True(
            error.StatusCode is StatusCode.Unavailable or StatusCode.Internal, $"{error.StatusCode}: {error.Message}");
    }

    private static GrpcChannel Connect(
        ServerProcess server, CertificateAuthority trusted, X509Certificate2? certificate) =>
        GrpcChannel.ForAddress(
            new Uri($"https://{server.GrpcAddress.Authority}"),
            new GrpcChannelOptions { HttpHandler = Trusting(trusted, certificate), DisposeHttpClient = true });

    private static SocketsHttpHandler Trusting(CertificateAuthority trusted, X509Certificate2? certificate)
    {
        SocketsHttpHandler handler = new();
        handler.SslOptions.TargetHost = "localhost";
        handler.SslOptions.CertificateChainPolicy = trusted.Policy();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return handler;
    }

    private async Task<string> ShownAsync(ServerProcess server)
    {
        string shown = "";
        using SocketsHttpHandler handler = Trusting(authority, null);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            shown = certificate!.GetSerialNumberString();
            return errors is SslPolicyErrors.None;
        };
        using HttpClient http = new(handler);
        using HttpResponseMessage answer = await http.GetAsync(server.HttpAddress, Cancellation);
        return shown;
    }
}
