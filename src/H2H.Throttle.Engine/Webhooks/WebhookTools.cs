using System.Security.Cryptography;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What every shift of a server works with. Safe from any thread.</summary>
internal sealed class WebhookTools(
    IWebhookCarrier carrier,
    WebhookPlan plan,
    WebhookDesk desk,
    DeadLetterStore letters,
    SecretSeal seal,
    WebhookMeter meter,
    TimeProvider time,
    ILogger log)
{
    private const int DiceMax = 1 << 20;

    public WebhookPlan Plan => plan;

    public TimeProvider Time => time;

    public ILogger Log => log;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Duration PauseAfter(int failures, Duration? asked) =>
        plan.PauseAfter(failures, asked, RandomNumberGenerator.GetInt32(DiceMax) / (double)DiceMax);

    /// <summary>Sends an event once, and counts how it went.</summary>
    public async Task<Carried> CarryAsync(WebhookOrder order, WebhookEvent told, CancellationToken cancellation)
    {
        if (order.Sign(told, seal, Now) is not { } signed)
        {
            return new Carried.Failed(null, SecretSeal.NotOpened);
        }

        long began = time.GetTimestamp();
        Carried carried = await carrier.CarryAsync(order.Url, signed, cancellation).ConfigureAwait(false);
        meter.Tried(order.Webhook.Name, carried, time.GetElapsedTime(began));
        return carried;
    }

    /// <summary>Puts an event to the dead letters.</summary>
    public async Task BuryAsync(
        WebhookShelfRecord.Entry webhook, JournalEntry entry, int tries, string why, CancellationToken cancellation)
    {
        await letters.ChangeAsync(
            webhook.Id,
            dead => dead.With(new(
                entry.Position,
                entry.Fact.Kind,
                entry.Fact.At.ToUnixTimeTicks(),
                Now.ToUnixTimeTicks(),
                tries,
                why)),
            cancellation).ConfigureAwait(false);
        meter.Died(webhook.Name);
        log.Died(webhook.Name, entry.Position, tries, why);
    }

    /// <summary>The receiver wants no more.</summary>
    public async Task StopAsync(WebhookShelfRecord.Entry webhook, CancellationToken cancellation)
    {
        await desk.StopAsync(webhook, cancellation).ConfigureAwait(false);
        log.Stopped(webhook.Name);
    }
}
