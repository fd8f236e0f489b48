using System.Collections.Immutable;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Loads;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Runs a load on real servers while they are disturbed, and has every history explained.</summary>
internal static class HistoryTrial
{
    /// <param name="load">On the servers.</param>
    /// <param name="rounds">How many histories.</param>
    /// <param name="every">After how many answers the disturbance happens.</param>
    /// <param name="disturb">What happens.</param>
    /// <param name="disturbance">What it is called, after its number.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TrialResult> RunAsync(
        Workload load,
        int rounds,
        int every,
        Func<CancellationToken, Task> disturb,
        string disturbance,
        CancellationToken cancellation)
    {
        ImmutableArray<History> histories = await load.RunAsync(rounds, every, disturb, cancellation);
        List<string> flaws = [.. histories.SelectMany(static history => history.Flaws())];
        if (load.Disturbed == 0)
        {
            flaws.Add($"Nothing was tried: {disturbance} never happened.");
        }

        return new TrialResult(
            $"{histories.Length} histories, {load.Answered:N0} answers",
            $"{load.Disturbed:N0} {disturbance}, {load.Unanswered:N0} calls without an answer",
            $"every history explained; back each time within {Workload.BackWithin.TotalSeconds:N0} s",
            [.. flaws]);
    }
}
