using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Benchmarks.Loads;

/// <summary>A call for each decision.</summary>
/// <param name="server">Whom to ask.</param>
/// <param name="isReserve">Reserve with a request id; otherwise Check.</param>
/// <param name="connections">How many there are.</param>
/// <param name="callersEach">How many calls each has under way.</param>
internal sealed class UnaryLoad(Uri server, bool isReserve, int connections, int callersEach) : ILoad, IDisposable
{
    private readonly ThrottleClient[] clients =
        [.. Enumerable.Range(0, connections).Select(_ => new ThrottleClient(server))];

    public string Name => $"unary {(isReserve ? "Reserve" : "Check")}, {connections} × {callersEach}";

    public Task RunAsync(int decisions)
    {
        int left = decisions;
        return Task.WhenAll(Enumerable.Range(0, connections * callersEach).Select(caller => Task.Run(async () =>
        {
            ThrottleClient client = clients[caller % connections];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                Require(isReserve
                    ? (await client.Throttle.ReserveAsync(
                        new ReserveRequest { Contact = People.Next(), RequestId = People.NextRequestId() })).Decision
                    : (await client.Throttle.CheckAsync(new CheckRequest { Contact = People.Next() })).Decision);
            }
        })));
    }

    public void Dispose() => Array.ForEach(clients, static client => client.Dispose());

    private static void Require(Decision decision)
    {
        if (decision.Verdict is not Verdict.Allow)
        {
            throw new InvalidOperationException($"Not allowed: {decision}");
        }
    }
}
