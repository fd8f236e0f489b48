using System.Globalization;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>Many callers who all ask for one person at once.</summary>
internal static class HotPersonBenchmark
{
    private const int Limit = 100;
    private const int Calls = 6000;
    private const int Connections = 16;
    private const int CallsEach = 8;

    public static async Task<Target[]> RunAsync()
    {
        using BenchedRedis redis = new();
        using BenchedServer server = BenchedServer.Over(redis, Policies.Cap(Limit));
        using Callers warm = await Callers.ConnectAsync(
            [server.Address], PreparedCall.Reserve(null, isRepeatable: false), Connections, CallsEach);
        await warm.RunAsync(new Pace(1, TimeSpan.MaxValue, callsMax: 20_000));

        using Callers callers = await Callers.ConnectAsync(
            [server.Address], PreparedCall.Reserve(people: 1, isRepeatable: false), Connections, CallsEach);
        RedisStatistics before = await redis.StatisticsAsync();
        CallTally tally = await callers.RunAsync(new Pace(1_000_000, TimeSpan.MaxValue, callsMax: Calls));
        RedisStatistics made = (await redis.StatisticsAsync()).Since(before);

        string callersText = string.Create(CultureInfo.InvariantCulture, $"{Connections * CallsEach} callers");
        return
        [
            new Target(
                $"one hot person, {callersText}: admitted of {Calls}",
                $"a cap of {Limit}",
                string.Create(CultureInfo.InvariantCulture, $"{tally.Allowed}, denied {tally.Denied}"),
                $"{Limit}",
                tally.Allowed == Limit && tally.Denied == Calls - Limit),
            Target.AtMost(
                $"one hot person, {callersText}: saves tried for each that is admitted",
                "one",
                made.Of(RedisStatistics.Compare).Calls / (double)Limit,
                1.1),
            Target.AtMost($"one hot person, {callersText}: p99", "–", tally.LatencyMs(0.99), 25, " ms"),
        ];
    }
}
