using System.Globalization;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Echo;
using H2H.Throttle.Benchmarks.Processes;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>
/// Many callers who all ask for one person at once, and for one after the other: each is somebody whom nobody has asked
/// about before.
/// </summary>
internal sealed class HotPersonBenchmark
{
    public const double P99MsWanted = 25;

    private const int Cap = EchoCalls.SavesMax;
    private const int Calls = 6000;
    private const int Connections = 16;
    private const int CallsEach = 8;
    private const int WarmCalls = 200_000;
    private const int WarmPeople = 1000;   // two hundred calls each: both answers are compiled
    private const string Bare = "an echo in which the first 100 run one save's script on one key in turn";

    private static readonly string What = string.Create(
        CultureInfo.InvariantCulture, $"one hot person, {Connections * CallsEach} callers");

    private readonly List<double> p99Ms = [];
    private readonly List<double> bareP99Ms = [];
    private readonly List<double> savesTried = [];
    private bool isExact = true;
    private string told = "";

    private HotPersonBenchmark()
    {
    }

    /// <summary>Whether exactly so many were let through each time.</summary>
    public bool IsCapExact => isExact;

    public IReadOnlyList<Target> Targets =>
    [
        new Target($"{What}: admitted of {Calls}", $"a cap of {Cap}", told, $"{Cap}", isExact),
        Target.AtMost(
            $"{What}: saves tried for each that is admitted", "one", Spread.Of(savesTried).Median, 1.1),
        Target.AtMost($"{What}: p99", "–", Spread.Of(p99Ms).Median, P99MsWanted, " ms"),
    ];

    public Limit Floor => Limit.OfTime($"{What}: p99", P99MsWanted, p99Ms, Bare, bareP99Ms);

    public static async Task<HotPersonBenchmark> RunAsync(int rounds)
    {
        using BenchedRedis redis = new();
        using BenchedServer server = BenchedServer.Over(redis, Policies.Cap(Cap));
        using BenchedEcho echo = new(redis);
        PreparedCall reserve = PreparedCall.Reserve(people: 1, isRepeatable: false);
        PreparedCall turn = PreparedCall.EchoTurn(people: 1);
        await WarmAsync(server.Address, reserve);
        await WarmAsync(echo.Process.Address, turn);
        HotPersonBenchmark benchmark = new();
        for (int round = 0; round < rounds; round++)
        {
            await benchmark.AskAsync(redis, server.Address, reserve with { FirstPerson = round });
            CallTally bare = await CallAsync(echo.Process.Address, turn with { FirstPerson = round }, Calls);
            benchmark.bareP99Ms.Add(bare.LatencyMs(0.99));
        }

        return benchmark;
    }

    private async Task AskAsync(BenchedRedis redis, Uri server, PreparedCall reserve)
    {
        RedisStatistics before = await redis.StatisticsAsync();
        CallTally tally = await CallAsync(server, reserve, Calls);
        RedisStatistics made = (await redis.StatisticsAsync()).Since(before);
        savesTried.Add(made.Of(RedisStatistics.Compare).Calls / (double)Cap);
        p99Ms.Add(tally.LatencyMs(0.99));
        if (isExact)
        {
            isExact = tally.Allowed == Cap && tally.Denied == Calls - Cap;
            told = string.Create(CultureInfo.InvariantCulture, $"{tally.Allowed}, denied {tally.Denied}");
        }
    }

    private static Task<CallTally> WarmAsync(Uri server, PreparedCall call) => CallAsync(
        server, call with { People = WarmPeople, FirstPerson = PreparedCall.OtherPeople }, WarmCalls);

    private static async Task<CallTally> CallAsync(Uri server, PreparedCall call, int calls)
    {
        using Callers callers = await Callers.ConnectAsync([server], call, Connections, CallsEach);
        return await callers.RunAsync(new Pace(first: 0, TimeSpan.MaxValue, callsMax: calls));
    }
}
