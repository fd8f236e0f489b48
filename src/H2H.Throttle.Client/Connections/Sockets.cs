using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace H2H.Throttle.Client.Connections;

/// <summary>Makes the connections of a client.</summary>
internal static class Sockets
{
    public static HttpMessageHandler Open(ThrottleClientOptions options)
    {
        // One connection carries a hundred calls at once; more callers than that would wait for each other.
        SocketsHttpHandler handler = new() { EnableMultipleHttp2Connections = true };
        if (options.Roots is { } roots)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(roots);
        }

        if (options.Certificate is { } certificate)
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return options is { Key: null, Program: null }
            ? handler
            : new IntroducingHandler(options.Key, options.Program, handler);
    }

    private static X509ChainPolicy Trusting(X509Certificate2Collection roots)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,   // a root of one's own seldom publishes what it took back
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
