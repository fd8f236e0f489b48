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
    /// <param name="losesLast">
    /// How much of what was acknowledged last the store says that it may lose by it; null: nothing.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TrialResult> RunAsync(
        Workload load,
        int rounds,
        int every,
        Func<CancellationToken, Task> disturb,
        string disturbance,
        TimeSpan? losesLast,
        CancellationToken cancellation)
    {
        ImmutableArray<History> histories = await load.RunAsync(rounds, every, disturb, cancellation);
        List<string> flaws = [];
        int lost = 0;
        for (int round = 0; round < histories.Length; round++)
        {
            ImmutableArray<string> found = histories[round].Flaws();
            bool isExcused = losesLast is { } last && load.IsDisturbed(round, last);
            lost += isExcused && !found.IsEmpty ? 1 : 0;
            flaws.AddRange(isExcused ? [] : found);
        }

        if (load.Disturbed == 0)
        {
            flaws.Add($"Nothing was tried: {disturbance} never happened.");
        }

        return new TrialResult(
            $"{histories.Length} histories, {load.Answered:N0} answers",
            $"{load.Disturbed:N0} {disturbance}, {load.Unanswered:N0} calls without an answer",
            (losesLast is { } seconds
                ? $"{lost} of the histories lost something of the last {seconds.TotalSeconds:N0} s, "
                    + "the others explained; "
                : "every history explained; ") + $"back each time within {Workload.BackWithin.TotalSeconds:N0} s",
            [.. flaws]);
    }
}
