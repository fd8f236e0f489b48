using System.Diagnostics;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>A server that is called, the Redis behind it, and what both spent on it.</summary>
/// <param name="server">Called.</param>
/// <param name="redis">Behind it; null: none.</param>
internal sealed class Subject(GrpcProcess server, BenchedRedis? redis = null)
{
    private long nextCall;

    public Uri Address => server.Address;

    /// <summary>So many connections with so many calls each.</summary>
    public async Task<Contender> CallingAsync(
        string name, PreparedCall call, List<IDisposable> open, int connections = 10, int callsEach = 10)
    {
        Callers callers = await Callers.ConnectAsync([server.Address], call, connections, callsEach);
        open.Add(callers);
        return new Contender(name, span => MeasureAsync(span, callers.RunAsync));
    }

    /// <summary>By streams.</summary>
    public Contender Streaming(string name, PreparedCall call) =>
        new(name, span => MeasureAsync(span, pace => Streams.RunAsync(server.Address, call, pace)));

    /// <summary>The same body again and again, by the client that everybody knows.</summary>
    public Contender Loading(string name, PreparedCall call) => new(
        name,
        async span =>
        {
            (TimeSpan servers, TimeSpan stores) = (server.ProcessorTime, redis?.ProcessorTime ?? default);
            H2LoadOutcome outcome = await H2Load.RunAsync(server.Address, call, span);
            return new Round(
                outcome.PerSecond,
                0,
                0,
                (server.ProcessorTime - servers).TotalMicroseconds / outcome.Done,
                ((redis?.ProcessorTime ?? default) - stores).TotalMicroseconds / outcome.Done,
                0,
                RedisStatistics.None.CallsFor(outcome.Done));
        });

    /// <summary>Calls so often, and sees that all is allowed: what is there before something is measured.</summary>
    public async Task PrepareAsync(PreparedCall call, long calls)
    {
        using Callers callers = await Callers.ConnectAsync([server.Address], call, connections: 10, callsEach: 10);
        Pace pace = new(nextCall, TimeSpan.MaxValue, callsMax: calls);
        CallTally tally = await callers.RunAsync(pace);
        nextCall += calls;
        Require(tally, calls);
    }

    private async Task<Round> MeasureAsync(TimeSpan span, Func<Pace, Task<CallTally>> run)
    {
        RedisStatistics? before = redis is null ? null : await redis.StatisticsAsync();
        (TimeSpan servers, TimeSpan stores) = (server.ProcessorTime, redis?.ProcessorTime ?? default);
        Pace pace = new(nextCall, span);
        long start = Stopwatch.GetTimestamp();
        CallTally tally = await run(pace);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        nextCall += pace.Taken;
        double done = tally.Answered;
        servers = server.ProcessorTime - servers;
        stores = (redis?.ProcessorTime ?? default) - stores;
        Require(tally, pace.Taken);
        RedisStatistics made = before is null ? RedisStatistics.None : (await redis!.StatisticsAsync()).Since(before);
        return new Round(
            done / took.TotalSeconds,
            tally.LatencyMs(0.5),
            tally.LatencyMs(0.99),
            servers.TotalMicroseconds / done,
            stores.TotalMicroseconds / done,
            made.ScriptMicroseconds / done,
            made.CallsFor(done));
    }

    private static void Require(CallTally tally, long calls)
    {
        if (tally.Allowed != calls)
        {
            throw new InvalidOperationException(
                $"Of {calls} calls {tally.Allowed} were allowed, {tally.Denied} denied, {tally.Unanswered} failed.");
        }
    }
}
