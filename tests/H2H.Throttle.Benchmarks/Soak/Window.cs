namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>What happened in some seconds of a soak.</summary>
/// <param name="Minute">When it ended, since the start.</param>
/// <param name="PerSecond">How many calls were answered.</param>
/// <param name="Unanswered">How many calls were refused or failed.</param>
/// <param name="MedianMs">How long half of the calls took at most.</param>
/// <param name="P99Ms">How long all but the slowest hundredth took.</param>
/// <param name="OptOutMs">How long all but the slowest hundredth of the opt-outs took that came in between.</param>
/// <param name="MemoryMiB">What the server held at its end.</param>
internal sealed record Window(
    double Minute, double PerSecond, long Unanswered, double MedianMs, double P99Ms, double OptOutMs, double MemoryMiB);
