using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace H2H.Throttle.Server.Tests.Webhooks;

/// <summary>A receiver of webhooks, listening for real; takes everything unless it is told otherwise.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<Delivery> came = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> scripted = [];
    private readonly X509Certificate2? certificate;
    private WebApplication? app;

    private Receiver(X509Certificate2? certificate) => this.certificate = certificate;

    /// <summary>Answers whatever is not scripted.</summary>
    public Func<HttpContext, Task> Otherwise { get; set; } = static _ => Task.CompletedTask;

    public Uri Url => new(
        app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        + "/hooks");

    /// <param name="certificate">For TLS; null: plain http.</param>
    public static async Task<Receiver> StartAsync(X509Certificate2? certificate = null)
    {
        Receiver receiver = new(certificate);
        await receiver.OpenAsync();
        return receiver;
    }

    /// <summary>What answers the next deliveries, one each.</summary>
    public void Script(params Func<HttpContext, Task>[] answers)
    {
        foreach (Func<HttpContext, Task> answer in answers)
        {
            scripted.Enqueue(answer);
        }
    }

    public void Script(params int[] statuses) => Script([.. statuses.Select(Status)]);

    public static Func<HttpContext, Task> Status(int status) => http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>The next that came, answered or not.</summary>
    public ValueTask<Delivery> NextAsync() => came.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool HasMore => came.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }
    }

    private async Task OpenAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, at =>
            {
                at.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                {
                    at.UseHttps(certificate);
                }
            }));
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task TakeAsync(HttpContext http)
    {
        Delivery delivery = await Delivery.ReadAsync(http.Request);
        Func<HttpContext, Task> answer = scripted.TryDequeue(out Func<HttpContext, Task>? next) ? next : Otherwise;
        await came.Writer.WriteAsync(delivery);
        await answer(http);
    }
}
