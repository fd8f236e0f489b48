using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Webhooks;
using NodaTime;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>Sends events as long as the server runs.</summary>
internal sealed class WebhookCourier(
    ThrottleEngine engine, HttpCarrier carrier, WebhookOptions options, ILogger<WebhookCourier> log)
    : BackgroundService
{
    private volatile Func<IEnumerable<(string Webhook, Duration Lag)>>? lags;

    /// <summary>Those that this server sends for: how long what is to be sent next has waited.</summary>
    public IEnumerable<(string Webhook, Duration Lag)> Lags => lags?.Invoke() ?? [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        WebhookPlan plan = new(
            options.TriesMax,
            Duration.FromMilliseconds(options.PauseMinMs),
            Duration.FromMilliseconds(options.PauseMaxMs),
            Duration.FromMilliseconds(options.TakeoverMs));
        WebhookRounds made = engine.Webhooks.Send(carrier, plan, log);
        await using (made)
        {
            lags = () => made.Lags;
            await made.RunAsync(stoppingToken);
        }
    }
}
