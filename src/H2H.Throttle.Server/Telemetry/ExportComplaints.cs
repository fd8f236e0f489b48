using System.Diagnostics.Tracing;
using System.Globalization;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Says in the log when telemetry cannot be sent: each kind of complaint once in a while.</summary>
/// <remarks>OpenTelemetry tells nobody but listeners of its event sources.</remarks>
internal sealed class ExportComplaints : EventListener
{
    private const string Sources = "OpenTelemetry-";
    private const string Sdk = "OpenTelemetry-Sdk";   // warns of every meter of others that nobody asked for
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Source, int Id), long> saidAt = [];
    private readonly ILogger<TelemetryPipeline> log;
    private readonly TimeProvider time;
    private readonly bool isReady;

    public ExportComplaints(ILogger<TelemetryPipeline> log, TimeProvider time)
    {
        (this.log, this.time) = (log, time);
        isReady = true;

        // Those that were there before are told to the base class before there is a log to write to.
        foreach (EventSource source in EventSource.GetSources())
        {
            OnEventSourceCreated(source);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (isReady && eventSource.Name.StartsWith(Sources, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, eventSource.Name == Sdk ? EventLevel.Error : EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (IsDue((eventData.EventSource.Name, eventData.EventId)))
        {
            log.NotSent(string.Format(
                CultureInfo.InvariantCulture, eventData.Message ?? "{0}", [.. eventData.Payload ?? [], "", "", ""]));
        }
    }

    private bool IsDue((string Source, int Id) complaint)
    {
        long now = time.GetTimestamp();
        lock (gate)
        {
            if (saidAt.TryGetValue(complaint, out long before) && time.GetElapsedTime(before, now) < Pause)
            {
                return false;
            }

            saidAt[complaint] = now;
            return true;
        }
    }
}
