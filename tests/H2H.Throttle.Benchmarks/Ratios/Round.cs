namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>What one contender did in one round.</summary>
/// <param name="PerSecond">How many decisions or calls.</param>
/// <param name="MedianMs">How long a call took; 0 where that was not measured.</param>
/// <param name="P99Ms">How long all but the slowest hundredth took.</param>
/// <param name="ServerMicros">Processor time of the server for each.</param>
/// <param name="StoreMicros">Processor time of Redis for each; 0 without Redis.</param>
/// <param name="ScriptMicros">How long scripts ran in Redis for each, by its own account.</param>
/// <param name="StoreCalls">What Redis ran for each, by command.</param>
internal sealed record Round(
    double PerSecond,
    double MedianMs,
    double P99Ms,
    double ServerMicros,
    double StoreMicros,
    double ScriptMicros,
    IReadOnlyDictionary<string, double> StoreCalls);
