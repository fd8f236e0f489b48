namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>How a number changes with time: the straight line that lies nearest to it (least squares).</summary>
/// <param name="Mean">Of all.</param>
/// <param name="Rise">From the start of the line to its end.</param>
/// <param name="Error">How far the rise may be wrong: its standard error.</param>
internal readonly record struct Slope(double Mean, double Rise, double Error)
{
    private const double ErrorsMax = 3;   // further off than that chance takes it once in a thousand times


    /// <summary>The rise as a share of the mean: 0.01 is a hundredth.</summary>
    public double Share => Rise / Mean;

    /// <summary>Whether it rises by more than such a share of its mean, and not by chance.</summary>
    public bool RisesBy(double share) => Share > share && Rise > ErrorsMax * Error;

    public static Slope Of(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(static point => point.X);
        double meanY = points.Average(static point => point.Y);
        double width = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        double slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / width;
        double off = points.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2));
        double span = points[^1].X - points[0].X;
        return new Slope(meanY, slope * span, span * Math.Sqrt(off / Math.Max(1, points.Count - 2) / width));
    }
}
