using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;

namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>First more than a server can take, then all that it can, then four fifths of that, for long.</summary>
/// <remarks>
/// Nobody is met twice, so that the last call is no more work than the first: what rises is the server's own. Redis
/// keeps them all, some 20 million people in ten minutes.
/// </remarks>
/// <param name="server">Called.</param>
/// <param name="leaving">Who opts people out meanwhile.</param>
internal sealed class SoakBenchmark(BenchedServer server, Callers leaving)
{
    /// <summary>Of all that it can answer.</summary>
    public const double Share = 0.8;

    private const int OverloadWindows = 3;
    private const int CrowdConnections = 80;   // together more calls than are worked on and wait
    private const int LimitConnections = 8;   // together fewer than are worked on at once
    private const int CallsEach = 100;
    private const int OptOutsPerSecond = 50;

    private long asked;
    private long left;
    private double minutes;

    /// <param name="folder">Takes the report.</param>
    /// <param name="span">Of each window.</param>
    /// <param name="windows">How many the soak has.</param>
    /// <returns>The report.</returns>
    public static async Task<string> RunAsync(string folder, TimeSpan span, int windows)
    {
        string machine = await Machine.DescribeAsync();
        using BenchedRedis redis = new();
        using BenchedServer server = BenchedServer.Over(redis, Policies.Ten);
        PreparedCall call = PreparedCall.Reserve(null, isRepeatable: false);
        using Callers crowd = await Callers.ConnectAsync([server.Address], call, CrowdConnections, CallsEach);
        using Callers asking = await Callers.ConnectAsync([server.Address], call, LimitConnections, CallsEach);
        using Callers leaving = await Callers.ConnectAsync([server.Address], PreparedCall.OptOut(), 1, CallsEach);
        SoakBenchmark soak = new(server, leaving);

        await soak.RunAsync(crowd, span, double.PositiveInfinity);   // until all is compiled
        List<Window> overload = await soak.RunAsync(crowd, span, OverloadWindows);
        List<Window> limit = await soak.RunAsync(asking, span, OverloadWindows);
        double most = Spread.Of(limit.Select(static window => window.PerSecond)).Median;
        soak.minutes = 0;
        List<Window> calm = [];
        for (int i = 0; i < windows; i++)
        {
            calm.Add(await soak.RunAsync(asking, span, most * Share));
            await Console.Error.WriteLineAsync(calm[^1].ToString());
        }

        return await new SoakReport(machine, overload, limit, calm).WriteAsync(folder);
    }

    private async Task<List<Window>> RunAsync(Callers asking, TimeSpan span, int windows)
    {
        List<Window> all = [];
        for (int i = 0; i < windows; i++)
        {
            all.Add(await RunAsync(asking, span, double.PositiveInfinity));
        }

        return all;
    }

    private async Task<Window> RunAsync(Callers asking, TimeSpan span, double perSecond)
    {
        Pace pace = new(asked, span, perSecond);
        Pace leavingPace = new(left, span, OptOutsPerSecond);
        Task<CallTally> optOuts = leaving.RunAsync(leavingPace);
        CallTally tally = await asking.RunAsync(pace);
        CallTally gone = await optOuts;
        (asked, left) = (asked + pace.Taken, left + leavingPace.Taken);
        minutes += span.TotalMinutes;
        return gone.Unanswered == 0
            ? new Window(
                minutes,
                tally.Answered / span.TotalSeconds,
                tally.Unanswered,
                tally.LatencyMs(0.5),
                tally.LatencyMs(0.99),
                gone.LatencyMs(0.99),
                server.Process.MemoryBytes / 1048576.0)
            : throw new InvalidOperationException($"{gone.Unanswered} of {leavingPace.Taken} opt-outs were refused.");
    }
}
