using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Webhooks;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Counts and times what is sent to receivers. Safe from any thread.</summary>
internal sealed class WebhookMeter
{
    private readonly Counter<long> sent;
    private readonly Histogram<double> duration;

    public WebhookMeter(Meter meter)
    {
        sent = meter.CreateCounter<long>(
            "h2h.throttle.webhook.events", "{event}", "What became of sending events to receivers.");
        duration = meter.CreateHistogram(
            "h2h.throttle.webhook.duration",
            "s",
            "How long a receiver took to answer, or not to.",
            null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
            });
    }

    public void Tried(string webhook, Carried carried, TimeSpan took)
    {
        string result = carried switch
        {
            Carried.Taken => "taken",
            Carried.Gone => "gone",
            _ => "failed",
        };
        Count(webhook, result);
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("webhook", webhook));
    }

    /// <summary>An event was tried as often as it may be.</summary>
    public void Died(string webhook) => Count(webhook, "dead");

    private void Count(string webhook, string result) => sent.Add(
        1,
        new KeyValuePair<string, object?>("webhook", webhook),
        new KeyValuePair<string, object?>("result", result));
}
