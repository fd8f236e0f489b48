namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">After those that warm up.</param>
/// <param name="Span">Of one contender in a round.</param>
/// <param name="Preparation">Before the first round, which does not count.</param>
/// <param name="People">Who have contacts before something is measured.</param>
/// <param name="Contacts">How many each of them has.</param>
internal sealed record Scale(int Rounds, TimeSpan Span, TimeSpan Preparation, int People, int Contacts)
{
    /// <summary>
    /// For numbers. It takes some seconds until all that a server runs is compiled for good: a profile of the first
    /// ones showed a seventh of a call spent on counting for the compiler.
    /// </summary>
    public static Scale Full { get; } = new(
        7, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(8), 10_000, 10);

    /// <summary>To see that everything works.</summary>
    public static Scale Smoke { get; } = new(
        1, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.2), 200, 2);
}
