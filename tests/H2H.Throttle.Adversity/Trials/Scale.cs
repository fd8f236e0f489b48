namespace H2H.Throttle.Adversity.Trials;

/// <summary>How much is tried.</summary>
/// <param name="Seed">Where seeds start.</param>
/// <param name="Histories">Simulated histories.</param>
/// <param name="Rounds">Histories of a run against real stores.</param>
/// <param name="Asks">Calls of a run that counts what is admitted.</param>
/// <param name="Inputs">Random or mutated inputs of each kind.</param>
/// <param name="Breaks">How often connections are broken.</param>
internal sealed record Scale(int Seed, int Histories, int Rounds, int Asks, int Inputs, int Breaks)
{
    /// <summary>For every run of the tests.</summary>
    public static Scale Short { get; } =
        new(Seed: 1, Histories: 200, Rounds: 2, Asks: 2_000, Inputs: 2_000, Breaks: 12);

    /// <summary>For the table in the repository.</summary>
    public static Scale Long { get; } =
        new(Seed: 1, Histories: 10_000, Rounds: 40, Asks: 20_000, Inputs: 60_000, Breaks: 1_000);
}
