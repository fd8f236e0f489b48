using System.Collections.Immutable;
using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>However many ask at once, each person is admitted exactly to the cap.</summary>
/// <param name="processes">1: on the embedded store; else on one Redis.</param>
internal sealed class AdmissionTrial(int processes) : ITrial
{
    public string Name => processes == 1
        ? $"{Admission.Clients} clients on 1 server process, embedded store"
        : $"{Admission.Clients} clients on {processes} server processes, Redis";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        if (processes == 1)
        {
            await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
            using WireServer server = new(service.Address);
            return await AskAsync([server], scale, cancellation);
        }

        using TemporaryFolder keys = new();
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceFleet fleet = await ServiceFleet.StartAsync(processes, keys, redis.Address, cancellation);
        return await AskAsync(fleet.Servers, scale, cancellation);
    }

    private static async Task<TrialResult> AskAsync(
        ImmutableArray<IServer> servers, Scale scale, CancellationToken cancellation)
    {
        Admission admission = new(servers, scale.Seed);
        ImmutableArray<string> flaws = await admission.AskAsync(scale.Asks, cancellation);
        return new TrialResult(
            $"{scale.Asks:N0} reserves for {Admission.People} people",
            $"{admission.Repeated:N0} with the id of an earlier one",
            $"each person admitted exactly {Admission.Cap} times, each id answered alike",
            flaws);
    }
}
