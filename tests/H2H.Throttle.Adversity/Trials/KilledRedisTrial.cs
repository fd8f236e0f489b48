using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Redis itself is killed and started again on what it had written.</summary>
/// <param name="fsync">Its <c>appendfsync</c>: <c>always</c> or <c>everysec</c>.</param>
/// <remarks>
/// With <c>everysec</c> Redis puts off its writes for up to two seconds while the disk is busy, so that even a killed
/// process loses what was acknowledged last: https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
/// </remarks>
internal sealed class KilledRedisTrial(string fsync) : ITrial
{
    private const int Clients = 12;
    private const int Engines = 4;
    private static readonly TimeSpan LosesLast = TimeSpan.FromSeconds(2);

    public string Name => $"4 engines on Redis with `appendfsync {fsync}`, Redis killed with `kill -9` in a loop";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using RedisServer redis = await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", fsync);
        await using EngineFleet fleet =
            await EngineFleet.OpenAsync(Engines, [redis.Address], storeTimeoutMs: 1000, cancellation);
        Workload load = new(fleet.Servers, Clients, scale.Seed);
        return await HistoryTrial.RunAsync(
            load, scale.Rounds, every: 150,
            async _ =>
            {
                await redis.KillAsync();
                await redis.RestartAsync();
            },
            "kills of Redis", fsync == "always" ? null : LosesLast, cancellation);
    }
}
