namespace H2H.Throttle.Benchmarks.Growth;

/// <summary>How one number grows with another.</summary>
/// <param name="Name">Of what was measured.</param>
/// <param name="Points">By rising x.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);
