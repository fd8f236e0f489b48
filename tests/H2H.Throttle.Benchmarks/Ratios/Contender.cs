namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>Somebody who takes part in every round, in turn with the others.</summary>
/// <param name="name">What is done, for a table.</param>
/// <param name="run">Does it for so long.</param>
internal sealed class Contender(string name, Func<TimeSpan, Task<Round>> run)
{
    private readonly List<Round> rounds = [];

    public string Name => name;

    public IReadOnlyList<Round> Rounds => rounds;

    public Spread PerSecond => Of(static round => round.PerSecond);

    public async Task RunAsync(TimeSpan span, bool isWarmUp)
    {
        Round round = await run(span);
        if (!isWarmUp)
        {
            rounds.Add(round);
        }
    }

    public Spread Of(Func<Round, double> value) => Spread.Of(rounds.Select(value));

    /// <summary>How this is to that, round by round: what disturbs a round disturbs both.</summary>
    public Spread RatioTo(Contender other) => Spread.Of(
        rounds.Zip(other.rounds, static (mine, theirs) => mine.PerSecond / theirs.PerSecond));

    /// <summary>How often Redis ran commands of that name for each; 0 if never.</summary>
    public double StoreCalls(string command) =>
        Of(round => round.StoreCalls.GetValueOrDefault(command)).Median;
}
