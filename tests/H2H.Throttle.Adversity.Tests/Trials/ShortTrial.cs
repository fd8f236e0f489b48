using System.Collections.Immutable;
using H2H.Throttle.Adversity.Trials;

namespace H2H.Throttle.Adversity.Tests.Trials;

/// <summary>The short form of a trial; <c>tests/adversity.sh</c> runs the long ones.</summary>
/// <remarks>Trials wait more than they work, so those of each class run beside those of the others.</remarks>
internal static class ShortTrial
{
    public const int HangMs = 300_000;

    private static readonly ImmutableArray<Type> WithClients = [typeof(ClientTrial)];

    private static readonly ImmutableArray<Type> WithProcesses =
    [
        typeof(KilledServerTrial), typeof(TornStoreTrial), typeof(KilledServersTrial), typeof(AdmissionTrial),
        typeof(HouseholdTrial), typeof(OptOutTrial), typeof(JsonFuzzTrial),
    ];

    /// <summary>Those that look what this process holds, and so run while no other test does.</summary>
    public static TheoryData<string> Alone => NamesOf(WithClients.Contains);

    /// <summary>Those that start servers.</summary>
    public static TheoryData<string> OfServers => NamesOf(WithProcesses.Contains);

    /// <summary>All others: none is left out.</summary>
    public static TheoryData<string> OfEngines =>
        NamesOf(static type => !WithClients.Contains(type) && !WithProcesses.Contains(type));

    public static async Task HeldAsync(string name)
    {
        ITrial trial = AllTrials.List.Single(one => one.Name == name);

        TrialResult result = await trial.RunAsync(Scale.Short, TestContext.Current.CancellationToken);

        Assert.True(result.Flaws.IsEmpty, string.Join("\n\n", result.Flaws));
    }

    private static TheoryData<string> NamesOf(Func<Type, bool> isWanted) =>
        [.. AllTrials.List.Where(trial => isWanted(trial.GetType())).Select(static trial => trial.Name)];
}
