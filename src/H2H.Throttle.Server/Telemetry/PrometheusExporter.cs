using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Makes text of what was collected, only when it is asked to.</summary>
/// <param name="keep">Takes the text.</param>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(Action<string> keep) : BaseExporter<Metric>, IPullMetricExporter
{
    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        PrometheusText text = new();
        text.AddTarget(ParentProvider.GetResource());
        foreach (Metric metric in batch)
        {
            text.Add(metric);
        }

        keep(text.ToString());
        return ExportResult.Success;
    }
}
