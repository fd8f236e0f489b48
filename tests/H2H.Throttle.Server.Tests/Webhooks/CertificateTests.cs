using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>Receivers are known by their certificates.</summary>
public sealed class CertificateTests : IDisposable
{
    private const int HangMs = 60_000;

    private readonly TemporaryStore folder = new();
    private readonly CertificateAuthority authority = new("receivers");

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Fact(Timeout = HangMs)]
    public async Task A_receiver_whose_authority_is_unknown_gets_nothing_until_it_is_known()
    {
        using X509Certificate2 certificate = authority.Issue("receiver");
        await using Receiver receiver = await Receiver.StartAsync(certificate);
        Dictionary<string, string> trusting = new()
        {
            ["SSL_CERT_FILE"] = folder.Write("authority.pem", authority.RootPem),
        };

        WebhookDelivery distrusted = await TryAsync(receiver, []);
        WebhookDelivery trusted = await TryAsync(receiver, trusting);

        Assert.Equal((false, 0), (distrusted.Taken, distrusted.Status));
        Assert.Contains("certificate", distrusted.Failure, StringComparison.Ordinal);
        Assert.Equal((true, 200), (trusted.Taken, trusted.Status));
    }

    private async Task<WebhookDelivery> TryAsync(Receiver receiver, Dictionary<string, string> environment)
    {
        using ServerProcess server = await ServerProcess.StartAsync(folder.Path, environment);
        using GrpcChannel channel = server.Connect();
        WebhookService.WebhookServiceClient webhooks = new(channel);
        string name = $"tls-{environment.Count}";
        await webhooks.CreateWebhookAsync(
            new() { Webhook = new() { Name = name, Url = receiver.Url.AbsoluteUri, Paused = true } }, TestServer.Call);
        WebhookDelivery delivery = (await webhooks.TestWebhookAsync(new() { Name = name }, TestServer.Call)).Delivery;
        server.Terminate();
        await server.ExitAsync();
        return delivery;
    }
}
