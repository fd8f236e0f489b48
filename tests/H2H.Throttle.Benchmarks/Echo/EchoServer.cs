using System.Net;
using H2H.Throttle.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace H2H.Throttle.Benchmarks.Echo;

/// <summary>
/// A bare gRPC service: the packages, the builder and the settings of Kestrel that the product's server has, and
/// nothing else, with a bare client of Redis and a bare file for the calls that need one.
/// </summary>
internal static class EchoServer
{
    /// <summary>Serves on a free port, which it tells as the product's server does, until its input ends.</summary>
    /// <param name="redis">As in <c>127.0.0.1:6379</c>; for those calls that go there.</param>
    /// <param name="file">Made anew, with a store beside it; for those calls that are kept on the disk.</param>
    public static async Task RunAsync(string redis, string file)
    {
        using SyncedFile synced = new(file);
        await using SqliteStore store = SqliteStore.Open(
            new SqliteOptions { Path = Path.ChangeExtension(file, ".db") }, TimeProvider.System);
        ConfigurationOptions options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        options.SocketManager = SocketManager.ThreadPool;   // as the product's server has it
        await using ConnectionMultiplexer connections = await ConnectionMultiplexer.ConnectAsync(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(connections.GetDatabase());
        builder.Services.AddSingleton(synced);
        builder.Services.AddSingleton(store);
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
