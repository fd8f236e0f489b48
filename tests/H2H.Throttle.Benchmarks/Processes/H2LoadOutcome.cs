namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>What <c>h2load</c> says it did.</summary>
/// <param name="Done">How many calls ended well.</param>
/// <param name="PerSecond">Of them.</param>
internal readonly record struct H2LoadOutcome(long Done, double PerSecond);
