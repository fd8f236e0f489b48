using System.Diagnostics;
using OpenTelemetry;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Leaves out the spans of pages that machines fetch every few seconds.</summary>
internal sealed class UntracedPages : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is "/livez" or "/readyz" or "/metrics")
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
