using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Telemetry;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Counts the looks at the store, by whether it answered.</summary>
internal sealed class LookMeter(ThrottleMeter meter)
{
    private readonly Counter<long> looks = meter.Meter.CreateCounter<long>(
        "h2h.throttle.store.looks", "{look}", "Looks whether the store answers.");

    public void Looked(bool isAnswered) =>
        looks.Add(1, new KeyValuePair<string, object?>("result", isAnswered ? "answered" : "failed"));
}
