using System.Collections.Immutable;
using H2H.Throttle.Adversity.Simulation;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Histories of simulated servers, all explained.</summary>
internal sealed class SimulationTrial : ITrial
{
    public string Name => "simulated servers, one store, lost and late messages, wrong clocks";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        long calls = 0, faults = 0, kills = 0, jumps = 0;
        ImmutableArray<string> flaws = [];
        int last = scale.Seed + scale.Histories - 1;
        for (int seed = scale.Seed; seed <= last && flaws.IsEmpty; seed++)
        {
            cancellation.ThrowIfCancellationRequested();
            SimulatedHistory history = await SimulatedHistory.MakeAsync(seed);
            flaws = [.. history.Flaws().Select(flaw => $"Seed {seed}: {flaw}")];
            calls += history.History.Calls.Length;
            faults += history.Faults;
            kills += history.Kills;
            jumps += history.Jumps;
        }

        return new TrialResult(
            $"{scale.Histories:N0} histories, {calls:N0} calls on {SimulatedWorld.ServersCount} servers",
            $"{faults:N0} messages lost or late, {kills:N0} servers killed, {jumps:N0} clock jumps",
            $"every history explained; seeds {scale.Seed} to {last}",
            flaws);
    }
}
