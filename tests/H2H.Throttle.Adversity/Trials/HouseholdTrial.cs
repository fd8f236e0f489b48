using System.Collections.Immutable;
using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Client;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>
/// People of one household and one account are asked for at once while servers are killed, also between the save of a
/// pool and that of a person: what is shared is never over, and what was given back has room again.
/// </summary>
/// <param name="processes">1: on the embedded store; else on one Redis.</param>
internal sealed class HouseholdTrial(int processes) : ITrial
{
    private const int AsksAKill = 500;
    private const int LookMs = 5;

    public string Name => processes == 1
        ? "a household and an account on 1 server process, embedded store, `kill -9` in a loop"
        : $"a household and an account on {processes} server processes on Redis, `kill -9` in a loop";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        if (processes == 1)
        {
            await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
            return await AskAsync([service], scale, cancellation);
        }

        using TemporaryFolder keys = new();
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceFleet fleet = await ServiceFleet.StartAsync(processes, keys, redis.Address, cancellation);
        return await AskAsync(fleet.Processes, scale, cancellation);
    }

    private static async Task<TrialResult> AskAsync(
        ImmutableArray<ServiceProcess> services, Scale scale, CancellationToken cancellation)
    {
        ImmutableArray<ThrottleClient> clients = [.. services.Select(static one => new ThrottleClient(one.Address))];
        Households households = new(clients, scale.Seed);
        await households.MoveInAsync(cancellation);
        int kills = scale.Asks / AsksAKill;
        for (int kill = 0; kill < kills; kill++)
        {
            // The half of a batch is answered, and the other half is under way, when the server dies.
            int enough = households.Answered + (AsksAKill / 2);
            Task asking = households.AskAsync(AsksAKill, kill, cancellation);
            while (households.Answered < enough && !asking.IsCompleted)
            {
                await Task.Delay(LookMs, cancellation);
            }

            ServiceProcess victim = services[kill % services.Length];
            await victim.KillAsync();
            await victim.StartAgainAsync(cancellation);
            await asking;
        }

        ImmutableArray<string> flaws = await households.FlawsAsync(cancellation);
        foreach (ThrottleClient client in clients)
        {
            client.Dispose();
        }

        return new TrialResult(
            $"{households.Answered:N0} answers to {Households.Clients} clients",
            $"{kills:N0} kills, {households.Unanswered:N0} calls without an answer",
            $"{households.GivenBack:N0} given back; at the end exactly {Households.HomeCap} and {Households.WorkCap}",
            flaws);
    }
}
