using System.Text;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>What Prometheus calls a metric.</summary>
/// <remarks>
/// Source: opentelemetry.io, "Prometheus and OpenMetrics Compatibility", section "OTLP to Prometheus".
/// </remarks>
internal static class PrometheusNames
{
    /// <param name="name">As in <c>h2h.throttle.store.duration</c>.</param>
    /// <param name="unit">In the case-sensitive form of UCUM; what is in braces is no unit.</param>
    /// <param name="isCounter">It only ever grows.</param>
    public static string Of(string name, string unit, bool isCounter)
    {
        string text = Label(name);
        string suffix = UnitOf(unit);
        if (suffix.Length > 0 && !text.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            text = $"{text}_{suffix}";
        }

        return isCounter && !text.EndsWith("_total", StringComparison.Ordinal) ? $"{text}_total" : text;
    }

    /// <summary>A name of letters, digits and underscores.</summary>
    public static string Label(string name)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            bool isKept = char.IsAsciiLetterOrDigit(c);
            if (isKept || (text.Length > 0 && text[^1] != '_'))
            {
                text.Append(isKept ? c : '_');
            }
        }

        return char.IsAsciiDigit(name[0]) ? $"_{text}" : text.ToString();
    }

    private static string UnitOf(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",
        "1" => "ratio",
        "" => "",
        ['{', ..] => "",
        _ => Label(unit),
    };
}
