using System.Globalization;
using System.Text.Json;
using H2H.Throttle.Benchmarks.Processes;
using H2H.Throttle.Redis.Records;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>What others do over the same Redis, and what Redis can do at all.</summary>
internal static class Rivals
{
    public const string Limiter = "`rate-limiter-flexible`, one key";
    public const string DecidingScript = "a script that decides inside Redis";

    private const int PeopleCount = 20_000;
    private const int ScriptPeopleCount = 2000;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "rivals");

    /// <summary>The package that counts a key in the caller's own process.</summary>
    public static Contender RateLimiterFlexible(BenchedRedis redis) => new(
        Limiter,
        span => MeasureAsync(redis, async () =>
        {
            string told = await Tool.RunInAsync(
                Path.Combine(Folder, "rate-limiter-flexible"),
                "node",
                "measure.mjs",
                redis.PortText,
                span.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                "100",
                PeopleCount.ToString(CultureInfo.InvariantCulture));
            using JsonDocument answer = JsonDocument.Parse(told);
            return (
                answer.RootElement.GetProperty("decided").GetInt64(),
                answer.RootElement.GetProperty("seconds").GetDouble());
        }));

    /// <summary>Puts the packages where <c>node</c> finds them.</summary>
    public static Task InstallAsync() => Tool.RunInAsync(
        Path.Combine(Folder, "rate-limiter-flexible"), "npm", "ci", "--no-audit", "--no-fund");

    /// <summary>A hundred callers of <c>redis-benchmark</c> who each wait for their answer.</summary>
    /// <param name="name">For the table.</param>
    /// <param name="redis">Whom they ask.</param>
    /// <param name="people">How many numbers there are.</param>
    /// <param name="perSecond">About how many it does, for a round of the right length.</param>
    /// <param name="command"><c>__rand_int__</c> in it is another number each time.</param>
    public static Contender RedisBenchmark(
        string name, BenchedRedis redis, int people, int perSecond, params string[] command) =>
        new(name, span => MeasureAsync(redis, async () =>
        {
            int calls = (int)(perSecond * span.TotalSeconds);
            string told = await Tool.RunAsync(
                "redis-benchmark",
                [
                    "-p", redis.PortText, "-c", "100", "--csv",
                    "-r", people.ToString(CultureInfo.InvariantCulture),
                    "-n", calls.ToString(CultureInfo.InvariantCulture), .. command,
                ]);
            string last = told.TrimEnd().Split('\n')[^1];
            double rate = double.Parse(last.Split("\",\"")[1], CultureInfo.InvariantCulture);
            return (calls, calls / rate);
        }));

    /// <summary>Decides inside Redis, over people who have twenty contacts each after four seconds.</summary>
    public static async Task<Contender> DecidingScriptAsync(BenchedRedis redis, TimeSpan preparation)
    {
        string script = await File.ReadAllTextAsync(Path.Combine(Folder, "deciding.lua"));
        string hash = await redis.AskAsync("SCRIPT", "LOAD", script);
        string now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string[] command =
        [
            "evalsha", hash, "1", "rival:__rand_int__", now, "email", "marketing", "north", "spring", "__rand_int__",
        ];
        Contender contender = RedisBenchmark(
            DecidingScript, redis, ScriptPeopleCount, 15_000, command);
        await contender.RunAsync(preparation, isWarmUp: true);
        return contender;
    }

    /// <summary>Only the store's part of a Reserve: the script that the product saves by.</summary>
    public static async Task<Contender> SavingScriptAsync(BenchedRedis redis)
    {
        string hash = await redis.AskAsync("SCRIPT", "LOAD", SaveScript.Text);
        long expires = DateTimeOffset.UtcNow.AddDays(400).ToUnixTimeMilliseconds();
        return RedisBenchmark(
            "`redis-benchmark`, the script of a save",
            redis,
            PeopleCount,
            40_000,
            "evalsha",
            hash,
            "1",
            "same:__rand_int____rand_int__",
            "",
            new string('x', 200),
            expires.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<Round> MeasureAsync(BenchedRedis redis, Func<Task<(long Done, double Seconds)>> run)
    {
        RedisStatistics before = await redis.StatisticsAsync();
        TimeSpan stores = redis.ProcessorTime;
        (long done, double seconds) = await run();
        RedisStatistics made = (await redis.StatisticsAsync()).Since(before);
        return new Round(
            done / seconds,
            0,
            0,
            0,
            (redis.ProcessorTime - stores).TotalMicroseconds / done,
            made.ScriptMicroseconds / (double)done,
            made.CallsFor(done));
    }
}
