namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>How a number changes with time: the straight line that lies nearest to it (least squares).</summary>
/// <param name="Mean">Of all.</param>
/// <param name="Rise">From the start of the line to its end.</param>
internal readonly record struct Slope(double Mean, double Rise)
{
    /// <summary>The rise as a share of the mean: 0.01 is a hundredth.</summary>
    public double Share => Rise / Mean;

    public static Slope Of(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(static point => point.X);
        double meanY = points.Average(static point => point.Y);
        double slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        return new Slope(meanY, slope * (points[^1].X - points[0].X));
    }
}
