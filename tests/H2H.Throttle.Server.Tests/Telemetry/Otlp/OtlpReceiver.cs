using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Server.Tests.Telemetry.Otlp;

/// <summary>Takes whatever is sent to it by OTLP, over gRPC and over HTTP, and reads it.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<IMessage> taken = [];
    private readonly WebApplication app;

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static at => at.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, static at => at.Protocols = HttpProtocols.Http1);
        });
        app = builder.Build();
        app.MapGrpcService<TraceInlet>();
        app.MapGrpcService<MetricsInlet>();
        app.MapGrpcService<LogsInlet>();
        app.MapPost("/v1/traces", http => TakeAsync(http, ExportTraceServiceRequest.Parser));
        app.MapPost("/v1/metrics", http => TakeAsync(http, ExportMetricsServiceRequest.Parser));
        app.MapPost("/v1/logs", http => TakeAsync(http, ExportLogsServiceRequest.Parser));
    }

    public string GrpcEndpoint => Addresses.First();

    public string HttpEndpoint => Addresses.Last();

    public IReadOnlyCollection<ResourceSpans> Spans =>
        [.. taken.OfType<ExportTraceServiceRequest>().SelectMany(static one => one.ResourceSpans)];

    public IReadOnlyCollection<ResourceLogs> Logs =>
        [.. taken.OfType<ExportLogsServiceRequest>().SelectMany(static one => one.ResourceLogs)];

    /// <summary>The last that came: they are cumulative.</summary>
    public ResourceMetrics Metrics =>
        Assert.Single(taken.OfType<ExportMetricsServiceRequest>().Last().ResourceMetrics);

    public bool HasMetrics => taken.OfType<ExportMetricsServiceRequest>().Any();

    /// <summary>All that came, as text in which a test can look for what must not be there.</summary>
    public string Everything => string.Join('\n', taken.Select(static message =>
        System.Text.Encoding.Latin1.GetString(message.ToByteArray())));

    private ICollection<string> Addresses => app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses;

    public static async Task<OtlpReceiver> StartAsync()
    {
        OtlpReceiver receiver = new();
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public void Take(IMessage message) => taken.Enqueue(message);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync<TMessage>(HttpContext http, MessageParser<TMessage> parser)
        where TMessage : IMessage<TMessage>
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Take(parser.ParseFrom(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }
}
