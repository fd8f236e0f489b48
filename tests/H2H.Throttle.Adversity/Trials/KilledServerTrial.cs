using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>One server process on the embedded store, killed again and again.</summary>
internal sealed class KilledServerTrial : ITrial
{
    private const int Clients = 12;

    public string Name => "1 server process on the embedded store, `kill -9` in a loop";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
        using WireServer server = new(service.Address);
        Workload load = new([server], Clients, scale.Seed);
        return await HistoryTrial.RunAsync(
            load, scale.Rounds, every: 150,
            async ended =>
            {
                await service.KillAsync();
                await service.StartAgainAsync(ended);
            },
            "kills", losesLast: null, cancellation);
    }
}
