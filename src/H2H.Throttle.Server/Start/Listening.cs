using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace H2H.Throttle.Server.Start;

/// <summary>
/// Two cleartext ports on the loopback interface: what has no credentials is reachable from nowhere else.
/// </summary>
internal static class Listening
{
    public static void ListenOnLoopback(this IWebHostBuilder host, ServerOptions options)
    {
        host.UseShutdownTimeout(TimeSpan.FromMilliseconds(options.ShutdownTimeoutMs));
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;   // every call bounds its own: see RequestBytesMax
            Listen(kestrel, options.GrpcPort, HttpProtocols.Http2);
            Listen(kestrel, options.HttpPort, HttpProtocols.Http1);
        });
    }

    // The name localhost means both families, but cannot take whichever port is free.
    private static void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols)
    {
        if (port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = protocols);
        }
        else
        {
            kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = protocols);
        }
    }
}
