using H2H.Throttle.Adversity.Trials;

namespace H2H.Throttle.Adversity.Tests.Trials;

/// <summary>The short form of every trial; <c>tests/adversity.sh</c> runs the long ones.</summary>
public sealed class TrialTests
{
    private const int HangMs = 300_000;

    public static TheoryData<string> Names => [.. AllTrials.List.Select(static trial => trial.Name)];

    [Theory(Timeout = HangMs)]
    [MemberData(nameof(Names))]
    public async Task Held(string name)
    {
        ITrial trial = AllTrials.List.Single(one => one.Name == name);

        TrialResult result = await trial.RunAsync(Scale.Short, TestContext.Current.CancellationToken);

        Assert.True(result.Flaws.IsEmpty, string.Join("\n\n", result.Flaws));
    }
}
