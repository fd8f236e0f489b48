namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Some streams at once, each on a connection of its own.</summary>
internal static class Streams
{
    private const int Count = 4;
    private const int ItemsEach = 250;
    private const int ItemsMax = 8 * ItemsEach;

    /// <summary>Asks until the time is over and every item is answered.</summary>
    public static async Task<CallTally> RunAsync(Uri server, PreparedCall call, Pace pace)
    {
        CallTally all = new();
        foreach (CallTally one in await Task.WhenAll(Enumerable.Range(0, Count).Select(
            _ => Task.Run(() => RunOneAsync(server, call, pace)))))
        {
            all.Add(one);
        }

        return all;
    }

    private static async Task<CallTally> RunOneAsync(Uri server, PreparedCall call, Pace pace)
    {
        using StreamConnection stream = new(call, ItemsEach, ItemsMax);
        return await stream.RunAsync(server, pace);
    }
}
