using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>Metrics in the text format that Prometheus fetches.</summary>
/// <remarks>
/// Source: prometheus.io, "Exposition formats", section "Text-based format", version 0.0.4. Histograms with exponential
/// buckets have no form there and are left out; none are asked for.
/// </remarks>
internal sealed class PrometheusText
{
    private readonly StringBuilder text = new();

    /// <summary>Who tells all this.</summary>
    public void AddTarget(Resource resource)
    {
        Head("target_info", "gauge", "Who tells this.");
        Sample("target_info", LabelsOf(resource.Attributes), "1");
    }

    public void Add(Metric metric)
    {
        bool isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        string name = PrometheusNames.Of(metric.Name, metric.Unit, isCounter);
        if (metric.MetricType is MetricType.ExponentialHistogram)
        {
            return;
        }

        bool isHistogram = metric.MetricType is MetricType.Histogram;
        Head(name, isHistogram ? "histogram" : isCounter ? "counter" : "gauge", metric.Description);
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            string labels = LabelsOf(point.Tags);
            if (isHistogram)
            {
                AddHistogram(name, labels, point);
            }
            else
            {
                Sample(name, labels, ValueOf(point, metric.MetricType));
            }
        }
    }

    public override string ToString() => text.ToString();

    private void AddHistogram(string name, string labels, in MetricPoint point)
    {
        long count = 0;
        string before = labels.Length > 0 ? $"{labels}," : "";
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            Sample($"{name}_bucket", $"{before}le=\"{Number(bucket.ExplicitBound)}\"", Number(count));
        }

        Sample($"{name}_sum", labels, Number(point.GetHistogramSum()));
        Sample($"{name}_count", labels, Number(point.GetHistogramCount()));
    }

    private static string ValueOf(in MetricPoint point, MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private void Head(string name, string type, string description)
    {
        string help = description.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
    }

    private void Sample(string name, string labels, string value) => text.Append(
        CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");

    private static string LabelsOf(IEnumerable<KeyValuePair<string, object>> attributes) =>
        string.Join(',', attributes.Select(static one => LabelOf(one.Key, one.Value)));

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        List<string> labels = [];
        foreach ((string key, object? value) in tags)
        {
            labels.Add(LabelOf(key, value));
        }

        return string.Join(',', labels);
    }

    private static string LabelOf(string key, object? value)
    {
        string shown = value is bool flag
            ? flag ? "true" : "false"
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        string escaped = shown.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
        return $"{PrometheusNames.Label(key)}=\"{escaped}\"";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
