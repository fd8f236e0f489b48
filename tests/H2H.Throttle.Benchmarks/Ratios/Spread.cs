using System.Globalization;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>The median of some rounds, and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    /// <summary>As in <c>0.47 (0.45–0.49)</c>.</summary>
    public string Text(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median.ToString(format, CultureInfo.InvariantCulture)} "
        + $"({Least.ToString(format, CultureInfo.InvariantCulture)}–"
        + $"{Most.ToString(format, CultureInfo.InvariantCulture)})");
}
