using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>
/// A bare gRPC service: the packages, the builder and the settings of Kestrel that the product's server has, and
/// nothing else.
/// </summary>
internal static class EchoServer
{
    /// <summary>Serves on a free port, which it tells as the product's server does, until its input ends.</summary>
    public static async Task RunAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<EchoCalls>();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, static port => port.Protocols = HttpProtocols.Http2);
        });
        await using WebApplication app = builder.Build();
        app.MapGrpcService<EchoCalls>();
        await app.StartAsync();
        Console.WriteLine($"  gRPC    {new Uri(app.Urls.Single()).Authority}");
        await Console.In.ReadToEndAsync();
    }
}
