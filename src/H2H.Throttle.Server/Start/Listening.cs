using System.Net;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.PublicPages;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace H2H.Throttle.Server.Start;

/// <summary>
/// Two ports: HTTP/2 for gRPC and HTTP/1.1 for JSON, and maybe one for people's pages; all in cleartext or with TLS.
/// </summary>
internal static class Listening
{
    public static void ListenOn(
        this IWebHostBuilder host, ServerOptions options, PublicOptions pages, TlsCertificate? certificate)
    {
        host.UseShutdownTimeout(TimeSpan.FromMilliseconds(options.ShutdownTimeoutMs));
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;   // every call bounds its own: see RequestBytesMax
            Listen(kestrel, options.Host, options.GrpcPort, HttpProtocols.Http2, certificate);
            Listen(kestrel, options.Host, options.HttpPort, HttpProtocols.Http1, certificate);
            if (pages.HasPort)
            {
                Listen(
                    kestrel, pages.HostOr(options.Host), pages.Port, HttpProtocols.Http1, certificate, isPublic: true);
            }
        });
    }

    private static void Listen(
        KestrelServerOptions kestrel, string host, int port, HttpProtocols protocols, TlsCertificate? certificate,
            bool isPublic = false)
    {
        if (host == "*")
        {
            kestrel.ListenAnyIP(port, Configure);
        }
        else if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address))
        {
            kestrel.Listen(address, port, Configure);
        }
        else if (!host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new StartException($"Server:Host is {host}; write localhost, * or an IP address.");
        }
        else if (port == 0)
        {
            // The name localhost means both families, but cannot take whichever port is free.
            kestrel.Listen(IPAddress.Loopback, port, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(port, Configure);
        }

        void Configure(ListenOptions endpoint)
        {
            endpoint.Protocols = protocols;
            if (isPublic)
            {
                PublicPort.Mark(endpoint);
            }

            if (certificate is not null)
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(certificate.ForHandshake()),
                });
            }
        }
    }
}
