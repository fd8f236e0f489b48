namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Calls a server that somebody else has started.</summary>
internal static class LoneCaller
{
    private const long People = 10_000;

    /// <returns>How many calls a second were allowed, and how many were not.</returns>
    public static async Task<string> RunAsync(string method, Uri server, TimeSpan span)
    {
        PreparedCall call = method switch
        {
            "Echo" => PreparedCall.Echo(),
            "EchoLook" => PreparedCall.EchoLook(People),
            "EchoSave" => PreparedCall.EchoSave(),
            "EchoSync" => PreparedCall.EchoSync(),
            "EchoKeep" => PreparedCall.EchoKeep(),
            "EchoStream" => PreparedCall.EchoStream(),
            "EchoLookStream" => PreparedCall.EchoLookStream(People),
            "EchoSaveStream" => PreparedCall.EchoSaveStream(),
            "EchoSyncStream" => PreparedCall.EchoSyncStream(),
            "Check" => PreparedCall.Check(People),
            "Reserve" => PreparedCall.Reserve(null),
            "ReserveAgain" => PreparedCall.Reserve(People),
            "StreamCheck" => PreparedCall.StreamCheck(People),
            "StreamReserve" => PreparedCall.StreamReserve(null),
            _ => throw new ArgumentException($"{method} is none of the methods that are measured.", nameof(method)),
        };
        Pace pace = new(DateTime.UtcNow.Ticks % 100_000_000_000, span);
        CallTally tally;
        if (method.Contains("Stream", StringComparison.Ordinal))
        {
            tally = await Streams.RunAsync(server, call, pace);
        }
        else
        {
            using Callers callers = await Callers.ConnectAsync([server], call, connections: 10, callsEach: 10);
            tally = await callers.RunAsync(pace);
        }

        return $"{tally.Allowed / pace.Elapsed.TotalSeconds:N0} a second, p99 {tally.LatencyMs(0.99):N1} ms; "
            + $"{tally.Denied} denied, {tally.Unanswered} failed";
    }
}
