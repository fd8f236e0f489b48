using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing.Servers;
using StackExchange.Redis;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>
/// Scripts are forgotten, Redis pauses, connections break in the middle of a reply, go silent or become slow.
/// </summary>
internal sealed class DisturbedRedisTrial : ITrial
{
    private const int Clients = 12;
    private const int Engines = 4;
    private const int PieceBytesMax = 700;
    private const int PauseMs = 300;
    private const int StoreTimeoutMs = 250;

    // A large record comes in some thirty pieces, and must be there before the store is given up.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(2);

    public string Name => "4 engines on Redis: `SCRIPT FLUSH`, `CLIENT PAUSE`, lines cut in mid-reply, frozen or slow";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using BadLine one = new(redis.Port, PieceBytesMax);
        await using BadLine other = new(redis.Port, PieceBytesMax);
        await using ConnectionMultiplexer admin =
            await ConnectionMultiplexer.ConnectAsync($"{redis.Address},allowAdmin=true");
        await using EngineFleet fleet = await EngineFleet.OpenAsync(
            Engines, [one.Address, other.Address], StoreTimeoutMs, cancellation);
        Workload load = new(fleet.Servers, Clients, scale.Seed);
        int turn = 0;
        return await HistoryTrial.RunAsync(
            load, scale.Rounds, every: 60,
            async _ =>
            {
                one.Delay = turn % 6 == 5 ? Slow : TimeSpan.Zero;   // of each piece of a message
                switch (turn++ % 6)
                {
                    case 0:
                        one.Cut();
                        break;
                    case 1:
                        await admin.GetDatabase().ExecuteAsync("SCRIPT", "FLUSH");
                        break;
                    case 2:
                        other.Freeze();
                        break;
                    case 3:
                        await admin.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", PauseMs);
                        break;
                    case 4:
                        one.Cut();
                        other.Cut();
                        break;
                }
            },
            "disturbances", losesLast: null, cancellation);
    }
}
