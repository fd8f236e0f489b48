using System.Collections.Immutable;
using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Client;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>
/// People of one household and one account are asked for at once while the server is killed, also between the save of a
/// pool and that of a person: what is shared is never over, and what was given back has room again.
/// </summary>
internal sealed class HouseholdTrial : ITrial
{
    private const int AsksAKill = 500;
    private const int LookMs = 5;

    public string Name => "a household and an account on 1 server process, embedded store, `kill -9` in a loop";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
        using ThrottleClient client = new(service.Address);
        Households households = new([client], scale.Seed);
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

            await service.KillAsync();
            await service.StartAgainAsync(cancellation);
            await asking;
        }

        ImmutableArray<string> flaws = await households.FlawsAsync(cancellation);
        return new TrialResult(
            $"{households.Answered:N0} answers to {Households.Clients} clients",
            $"{kills:N0} kills, {households.Unanswered:N0} calls without an answer",
            $"{households.GivenBack:N0} given back; at the end exactly {Households.HomeCap} and {Households.WorkCap}",
            flaws);
    }
}
