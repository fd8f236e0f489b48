using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Telemetry;

namespace H2H.Throttle.Engine.Tests.Telemetry;

/// <summary>Listens to one meter, and to no other of the same name, and sums up what it tells.</summary>
internal sealed class Heard : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Tags, long[]>> sums = new();
    private readonly MeterListener listener = new();

    public Heard(ThrottleMeter meter)
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Meter))
            {
                to.EnableMeasurementEvents(instrument, sums.GetOrAdd(instrument.Name, static _ => new()));
            }
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, to) => Add(to, tags, value));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, to) => Add(to, tags, value));
        listener.SetMeasurementEventCallback<double>(static (_, _, tags, to) => Add(to, tags, 1));
        listener.Start();
    }

    /// <summary>Each series as <c>name=value name=value: sum</c>, in order; of durations how many there were.</summary>
    public IReadOnlyList<string> Of(string instrument) => sums.TryGetValue(instrument, out var series)
        ? [.. series.Select(static one => $"{one.Key}: {one.Value[0]}").Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => listener.Dispose();

    private static void Add(object? to, ReadOnlySpan<KeyValuePair<string, object?>> tags, long value)
    {
        var series = (ConcurrentDictionary<Tags, long[]>)to!;
        long[] sum = series.GetOrAdd(Tags.Of(tags), static _ => new long[1]);
        Interlocked.Add(ref sum[0], value);
    }
}
