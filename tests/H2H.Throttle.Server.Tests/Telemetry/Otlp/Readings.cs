using Google.Protobuf.Collections;

namespace H2H.Throttle.Server.Tests.Telemetry.Otlp;

/// <summary>What was received, as tests compare it.</summary>
public static class Readings
{
    public const string Scope = "H2H.Throttle";

    /// <summary>The metrics of the product's own.</summary>
    public static IReadOnlyCollection<Metric> Own(this ResourceMetrics received) =>
        [.. received.ScopeMetrics.Where(static scope => scope.Scope.Name == Scope).SelectMany(static s => s.Metrics)];

    /// <summary>The value of each series, or the count of a histogram's, by its attributes in order.</summary>
    public static SortedDictionary<string, double> Values(this ResourceMetrics received, string name)
    {
        Metric metric = Assert.Single(received.Own(), metric => metric.Name == name);
        return new(Points(metric).ToDictionary(static point => point.Series, static point => point.Value));
    }

    public static IEnumerable<string> Keys(this Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.SelectMany(static point => point.Attributes),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.SelectMany(static point => point.Attributes),
        _ => metric.Histogram.DataPoints.SelectMany(static point => point.Attributes),
    } is var all ? all.Select(static one => one.Key).Distinct() : [];

    public static string? Text(this RepeatedField<KeyValue> attributes, string key) =>
        attributes.FirstOrDefault(one => one.Key == key)?.Value is { } value ? Text(value) : null;

    public static string Kind(this Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => "gauge",
        Metric.DataOneofCase.Sum => metric.Sum.IsMonotonic ? "counter" : "sum",
        _ => "histogram",
    };

    private static IEnumerable<(string Series, double Value)> Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(Point),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(Point),
        _ => metric.Histogram.DataPoints.Select(static point => (Series(point.Attributes), (double)point.Count)),
    };

    private static (string Series, double Value) Point(NumberPoint point) => (
        Series(point.Attributes),
        point.ValueCase is NumberPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble);

    private static string Series(RepeatedField<KeyValue> attributes) => string.Join(
        ' ',
        attributes.OrderBy(static one => one.Key, StringComparer.Ordinal)
            .Select(static one => $"{one.Key}={Text(one.Value)}"));

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.IntValue => $"{value.IntValue}",
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.DoubleValue => $"{value.DoubleValue}",
        _ => string.Join(',', value.ArrayValue.Values.Select(Text)),
    };
}
