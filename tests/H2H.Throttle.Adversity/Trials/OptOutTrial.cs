using H2H.Throttle.Adversity.Loads;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>From the acknowledgement of an opt-out on, nobody is allowed anywhere.</summary>
internal sealed class OptOutTrial : ITrial
{
    private const int Servers = 4;
    private const int PeopleARound = 8;

    public string Name => "opt-outs while 4 server processes on Redis are asked without pause";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        using TemporaryFolder keys = new();
        await using RedisServer redis = await RedisServer.StartAsync();
        await using ServiceFleet fleet = await ServiceFleet.StartAsync(Servers, keys, redis.Address, cancellation);
        OptOuts optOuts = new(fleet.Servers);
        List<string> flaws = [];
        int people = scale.Rounds * PeopleARound;
        for (int number = 0; number < people; number++)
        {
            flaws.AddRange(await optOuts.SayNoAsync(number, cancellation));
        }

        return new TrialResult(
            $"{people:N0} opt-outs amid {optOuts.Calls:N0} calls",
            $"{optOuts.AskedAfter:N0} calls begun after an acknowledgement",
            "none of those allowed; every outstanding reservation answers revoked",
            [.. flaws]);
    }
}
