using System.IO.Compression;
using System.Net;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(EchoServer))]

namespace H2H.Throttle.Standins.Tests.Echoing;

/// <summary>A real Kestrel on loopback, in the clear and over TLS, and one channel that all tests share.</summary>
public sealed class EchoServer : IAsyncLifetime
{
    public const int MessageSizeMaxBytes = 8 * 1024 * 1024;

    private readonly HangingCalls hanging = new();
    private WebApplication? application;
    private GrpcChannel? channel;

    public HangingCalls Hanging => hanging;

    public Uri Address => new(application!.Urls.First(static url => url.StartsWith("http:", StringComparison.Ordinal)));

    public Uri SecureAddress =>
        new(application!.Urls.First(static url => url.StartsWith("https:", StringComparison.Ordinal)));

    public GrpcChannel Channel => channel!;

    public Echo.EchoClient Client => new(Channel);

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, static listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(LoopbackCertificate.Create("loopback"), static https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
            });
        });
        builder.Services.AddSingleton(hanging);
        builder.Services.AddSingleton<EchoService>();
        builder.Services.AddGrpc(static grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageSizeMaxBytes;
            grpc.ResponseCompressionAlgorithm = "gzip";
            grpc.CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)];
            grpc.Interceptors.Add<NotingInterceptor>();
        });
        application = builder.Build();
        application.MapGrpcService<EchoService>();
        application.MapGrpcService(Aside.BindService(new AsideService()));
        await application.StartAsync();
        channel = GrpcChannel.ForAddress(
            Address, new GrpcChannelOptions { MaxReceiveMessageSize = MessageSizeMaxBytes });
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        if (application is not null)
        {
            await application.DisposeAsync();
        }
    }
}
