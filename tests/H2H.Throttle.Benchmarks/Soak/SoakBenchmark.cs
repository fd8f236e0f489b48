using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Processes;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;

namespace H2H.Throttle.Benchmarks.Soak;

/// <summary>First more than a server can take, then four fifths of what it took, for long.</summary>
/// <remarks>
/// Nobody is met twice, so that the last call is no more work than the first: what rises is the server's own. Redis
/// keeps them all, some 20 million people in ten minutes.
/// </remarks>
/// <param name="server">Called.</param>
/// <param name="asking">Who asks for reservations.</param>
/// <param name="leaving">Who opts people out meanwhile.</param>
internal sealed class SoakBenchmark(BenchedServer server, Callers asking, Callers leaving)
{
    /// <summary>Of the load at which it sheds.</summary>
    public const double Share = 0.8;

    private const int OverloadWindows = 3;
    private const int Connections = 80;
    private const int CallsEach = 100;   // together more than are worked on and wait
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
        using Callers asking = await Callers.ConnectAsync(
            [server.Address], PreparedCall.Reserve(null, isRepeatable: false), Connections, CallsEach);
        using Callers leaving = await Callers.ConnectAsync([server.Address], PreparedCall.OptOut(), 1, CallsEach);
        SoakBenchmark soak = new(server, asking, leaving);

        await soak.RunAsync(span, double.PositiveInfinity);   // until all is compiled
        List<Window> overload = [];
        for (int i = 0; i < OverloadWindows; i++)
        {
            overload.Add(await soak.RunAsync(span, double.PositiveInfinity));
        }

        double limit = Spread.Of(overload.Select(static window => window.PerSecond)).Median;
        soak.minutes = 0;
        List<Window> calm = [];
        for (int i = 0; i < windows; i++)
        {
            calm.Add(await soak.RunAsync(span, limit * Share));
            await Console.Error.WriteLineAsync(calm[^1].ToString());
        }

        return await new SoakReport(machine, overload, calm).WriteAsync(folder);
    }

    private async Task<Window> RunAsync(TimeSpan span, double perSecond)
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
