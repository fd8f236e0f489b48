namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Connections that call one method of a server as fast as it answers, or at a rate.</summary>
internal sealed class Callers : IDisposable
{
    private readonly CallerConnection[] connections;

    private Callers(CallerConnection[] connections) => this.connections = connections;

    /// <param name="servers">Whom they call, in turn.</param>
    /// <param name="call">What they call.</param>
    /// <param name="connections">How many there are.</param>
    /// <param name="callsEach">How many calls each has under way.</param>
    public static async Task<Callers> ConnectAsync(
        IReadOnlyList<Uri> servers, PreparedCall call, int connections, int callsEach)
    {
        Func<ReadOnlySpan<byte>, CallOutcome> outcomeOf = call.IsEcho
            || call.Path.EndsWith("/OptOut", StringComparison.Ordinal)
            ? Verdicts.OfEcho
            : Verdicts.OfCall;
        Callers callers = new(
            [.. Enumerable.Range(0, connections).Select(_ => new CallerConnection(call, outcomeOf, callsEach))]);
        for (int i = 0; i < connections; i++)
        {
            await callers.connections[i].ConnectAsync(servers[i % servers.Count]);
        }

        return callers;
    }

    /// <summary>Calls until the time is over and every call has ended.</summary>
    public async Task<CallTally> RunAsync(Pace pace)
    {
        CallTally all = new();
        foreach (CallTally one in await Task.WhenAll(
            connections.Select(connection => Task.Run(() => connection.RunAsync(pace)))))
        {
            all.Add(one);
        }

        return all;
    }

    public void Dispose() => Array.ForEach(connections, static connection => connection.Dispose());
}
