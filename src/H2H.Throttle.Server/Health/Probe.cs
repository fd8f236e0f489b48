using System.Net;
using System.Security.Cryptography.X509Certificates;
using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.Health;

/// <summary>Asks the server on this machine, by the settings it runs with, whether calls are decided.</summary>
internal static class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>0 if it is ready, else 1 with the reason on standard error.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        Settings settings = Settings.Read(WebApplication.CreateSlimBuilder(args).Configuration);
        bool isEncrypted = settings.Tls.CertificatePath.Length > 0;
        string host = IPAddress.TryParse(settings.Server.Host.Trim('[', ']'), out IPAddress? address)
            && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
                ? settings.Server.Host
                : "localhost";
        Uri page = new($"{(isEncrypted ? "https" : "http")}://{host}:{settings.Server.HttpPort}/readyz");
        using SocketsHttpHandler handler = new();
        if (isEncrypted)
        {
            // It need not name this machine as we do: it must be the very one of the settings.
            using X509Certificate2 own = X509Certificate2.CreateFromPem(
                await File.ReadAllTextAsync(settings.Tls.CertificatePath));
            byte[] expected = own.RawData;
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null && shown.GetRawCertData().AsSpan().SequenceEqual(expected);
        }

        using HttpClient http = new(handler) { Timeout = Patience };
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(page);
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"{page} answers {(int)answer.StatusCode}.");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{page} does not answer: {error.Message}");
        }

        return 1;
    }
}
