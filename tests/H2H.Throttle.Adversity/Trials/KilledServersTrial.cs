using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Server processes on one Redis, killed one after the other, the next while one still starts.</summary>
internal sealed class KilledServersTrial : ITrial
{
    private const int Clients = 12;
    private const int Servers = 4;
    private const int DownMax = 2;

    public string Name => "4 server processes on Redis, `kill -9` in a loop";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        using TemporaryFolder keys = new();
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceFleet fleet = await ServiceFleet.StartAsync(Servers, keys, redis.Address, cancellation);
        Workload load = new(fleet.Servers, Clients, scale.Seed);
        int next = 0;
        Queue<Task> starting = [];
        TrialResult result = await HistoryTrial.RunAsync(
            load, scale.Rounds, every: 100,
            async ended =>
            {
                if (starting.Count == DownMax)
                {
                    await starting.Dequeue();
                }

                ServiceProcess victim = fleet.Processes[next++ % Servers];
                await victim.KillAsync();
                starting.Enqueue(victim.StartAgainAsync(ended));
            },
            "servers killed", losesLast: null, cancellation);
        await Task.WhenAll(starting);
        return result;
    }
}
