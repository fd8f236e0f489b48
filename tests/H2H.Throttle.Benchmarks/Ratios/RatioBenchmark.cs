using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;
using H2H.Throttle.Benchmarks.Reports;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>
/// The table of what is promised, as ratios: all that is compared runs on one machine in turn, round after round.
/// </summary>
internal sealed class RatioBenchmark : IDisposable
{
    private const string Echo = "a bare gRPC echo";
    private const string EchoLook = "an echo that makes one GET";
    private const string EchoSave = "an echo that runs one save's script";
    private const string EchoSync = "an echo whose bytes are in a file, fsynced";
    private const string EchoKeep = "an echo that keeps a new record in the embedded store";
    private const string EchoStream = "an echo by stream";
    private const string EchoLookStream = "an echo by stream that makes one GET for each";
    private const string EchoSaveStream = "an echo by stream that runs one save's script for each";
    private const string EchoSyncStream = "an echo by stream whose bytes are in a file, fsynced";
    private const string EchoKeepStream = "an echo by stream that keeps a new record of each in the embedded store";
    private const string EchoH2Load = "a bare gRPC echo, called by h2load";
    private const string CheckH2Load = "Check, Redis, called by h2load";
    private const string Check = "Check, ";
    private const string Reserve = "Reserve, ";
    private const string ReserveAgain = "Reserve for somebody with contacts, ";
    private const string StreamCheck = "Check by stream, ";
    private const string StreamReserve = "Reserve by stream, ";
    private const string Redis = "Redis";
    private const string Embedded = "embedded and fsynced";

    private const int WarmUps = 2;   // no connection may wait longer for its turn than Kestrel keeps it idle: 130 s

    private readonly Scale scale;
    private readonly List<IDisposable> open = [];
    private readonly List<Contender> contenders = [];

    private RatioBenchmark(Scale scale) => this.scale = scale;

    public static async Task<RatioReport> RunAsync(Scale scale)
    {
        string machine = await Machine.DescribeAsync();
        using RatioBenchmark benchmark = new(scale);
        return await benchmark.RunAsync(machine);
    }

    public void Dispose() => open.AsEnumerable().Reverse().ToList().ForEach(static one => one.Dispose());

    private async Task<RatioReport> RunAsync(string machine)
    {
        await Rivals.InstallAsync();
        BenchedRedis redis = Opened(new BenchedRedis());
        Subject overRedis = new(Opened(BenchedServer.Over(redis, Policies.Ten)).Process, redis);
        Subject overFile = new(Opened(new BenchedServer(Policies.Ten)).Process);
        await AddEchoesAsync(redis);
        await AddOursAsync(overRedis, Redis);
        contenders.Add(overRedis.Loading(CheckH2Load, PreparedCall.Check(1)));
        await AddOursAsync(overFile, Embedded);
        contenders.Add(Rivals.RateLimiterFlexible(redis));
        contenders.Add(await Rivals.DecidingScriptAsync(redis, scale.Preparation));
        contenders.Add(Rivals.RedisBenchmark(
            "`redis-benchmark`, GET", redis, scale.People, 60_000, "get", "h2h:none:__rand_int__"));
        contenders.Add(await Rivals.SavingScriptAsync(redis));
        await RunRoundsAsync();

        HotPersonBenchmark hot = await HotPersonBenchmark.RunAsync(scale.Rounds);
        Target[] targets = [.. Promised(), .. await MemoryBenchmark.RunAsync(scale), .. hot.Targets];
        Limits limits = new([.. Limits(), hot.Floor], Named(Echo), Named(EchoStream));
        return new RatioReport(machine, scale, contenders, targets, limits, hot.IsCapExact);
    }

    /// <summary>The least that a call can cost on this stack, and with one visit to Redis or to the disk.</summary>
    private async Task AddEchoesAsync(BenchedRedis redis)
    {
        GrpcProcess process = Opened(new BenchedEcho(redis)).Process;
        await AddAsync(new Subject(process), Echo, PreparedCall.Echo());
        Subject visiting = new(process, redis);
        await AddAsync(visiting, EchoLook, PreparedCall.EchoLook(scale.People));
        await AddAsync(visiting, EchoSave, PreparedCall.EchoSave());
        await AddAsync(new Subject(process), EchoSync, PreparedCall.EchoSync());
        await AddAsync(new Subject(process), EchoKeep, PreparedCall.EchoKeep());
        contenders.Add(new Subject(process).Streaming(EchoStream, PreparedCall.EchoStream()));
        contenders.Add(visiting.Streaming(EchoLookStream, PreparedCall.EchoLookStream(scale.People)));
        contenders.Add(visiting.Streaming(EchoSaveStream, PreparedCall.EchoSaveStream()));
        contenders.Add(new Subject(process).Streaming(EchoSyncStream, PreparedCall.EchoSyncStream()));
        contenders.Add(new Subject(process).Streaming(EchoKeepStream, PreparedCall.EchoKeepStream()));
        contenders.Add(new Subject(process).Loading(EchoH2Load, PreparedCall.Echo()));
    }

    /// <summary>
    /// What is asked of the product, over one of its stores, with people who have contacts already: those of Check keep
    /// theirs, those who are reserved for again get more.
    /// </summary>
    private async Task AddOursAsync(Subject subject, string store)
    {
        PreparedCall again = PreparedCall.Reserve(scale.People) with { FirstPerson = PreparedCall.OtherPeople };
        await subject.PrepareAsync(PreparedCall.Reserve(scale.People), (long)scale.People * scale.Contacts);
        await subject.PrepareAsync(again, (long)scale.People * scale.Contacts);
        await AddAsync(subject, Check + store, PreparedCall.Check(scale.People));
        await AddAsync(subject, Reserve + store, PreparedCall.Reserve(null));
        await AddAsync(subject, ReserveAgain + store, again);
        contenders.Add(subject.Streaming(StreamCheck + store, PreparedCall.StreamCheck(scale.People)));
        contenders.Add(subject.Streaming(StreamReserve + store, PreparedCall.StreamReserve(null)));
    }

    private IEnumerable<Target> Promised()
    {
        Contender echo = Named(Echo);
        Contender reserve = Named(Reserve + Redis);
        Contender again = Named(ReserveAgain + Redis);
        Contender script = Named(Rivals.DecidingScript);
        Contender limiter = Named(Rivals.Limiter);
        return
        [
            Target.AtLeast(Named(Check + Redis), echo, 0.55),
            Target.AtLeast(Named(CheckH2Load), Named(EchoH2Load), 0.55),
            Target.AtLeast(reserve, echo, 0.42),
            Target.AtLeast(Named(Reserve + Embedded), echo, 0.45),
            Target.AtLeast(Named(StreamCheck + Redis), Named(Check + Redis), 6),
            Target.AtLeast(Named(StreamReserve + Redis), reserve, 6),
            Target.AtLeast(Named(StreamCheck + Embedded), Named(Check + Embedded), 6),
            Target.AtLeast(Named(StreamReserve + Embedded), Named(Reserve + Embedded), 6),
            Target.AtMost($"saves tried: {reserve.Name}", "one", reserve.StoreCalls(RedisStatistics.Compare), 1.1),
            Target.AtMost($"saves tried: {again.Name}", "one", again.StoreCalls(RedisStatistics.Compare), 1.1),
            Target.AtMost(
                $"time of scripts in Redis: {reserve.Name}",
                script.Name,
                reserve.Of(static round => round.ScriptMicros).Median
                    / script.Of(static round => round.ScriptMicros).Median,
                0.2),
            Target.AtLeast(Named(Check + Redis), limiter, 2),
            Target.AtLeast(reserve, limiter, 1.3),
        ];
    }

    private IEnumerable<Limit> Limits()
    {
        (Contender echo, Contender limiter) = (Named(Echo), Named(Rivals.Limiter));
        (Contender check, Contender reserve) = (Named(Check + Redis), Named(Reserve + Redis));
        (Contender checkFile, Contender reserveFile) = (Named(Check + Embedded), Named(Reserve + Embedded));
        (Contender look, Contender save, Contender sync) = (Named(EchoLook), Named(EchoSave), Named(EchoSync));
        return
        [
            Limit.OfRate(check, echo, 0.55, look),
            Limit.OfRate(reserve, echo, 0.42, save),
            Limit.OfRate(reserveFile, echo, 0.45, sync),
            Limit.OfRate(reserveFile, echo, 0.45, Named(EchoKeep)),
            Limit.OfRate(check, limiter, 2, look),
            Limit.OfRate(reserve, limiter, 1.3, save),
            Limit.OfRate(Named(StreamCheck + Redis), check, 6, Named(EchoLookStream), look),
            Limit.OfRate(Named(StreamReserve + Redis), reserve, 6, Named(EchoSaveStream), save),
            Limit.OfRate(Named(StreamCheck + Embedded), checkFile, 6, Named(EchoStream), echo),
            Limit.OfRate(Named(StreamReserve + Embedded), reserveFile, 6, Named(EchoSyncStream), sync),
            Limit.OfRate(Named(StreamReserve + Embedded), reserveFile, 6, Named(EchoKeepStream), Named(EchoKeep)),
        ];
    }

    private async Task RunRoundsAsync()
    {
        for (int round = 1 - WarmUps; round <= scale.Rounds; round++)
        {
            bool isWarmUp = round <= 0;
            foreach (Contender contender in contenders)
            {
                await contender.RunAsync(isWarmUp ? scale.Preparation / WarmUps : scale.Span, isWarmUp);
            }

            await Console.Error.WriteLineAsync($"round {round} of {scale.Rounds}");
        }
    }

    private async Task AddAsync(Subject subject, string name, PreparedCall call) =>
        contenders.Add(await subject.CallingAsync(name, call, open));

    private Contender Named(string name) => contenders.Single(one => one.Name == name);

    private T Opened<T>(T one)
        where T : IDisposable
    {
        open.Add(one);
        return one;
    }
}
