using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Batches;

/// <summary>Lets only so many streams of questions be open at once. Safe from any thread.</summary>
/// <remarks>What one holds is bounded, read or not; so is what all hold together.</remarks>
internal sealed class StreamRoom(ServerOptions options)
{
    private readonly int streamsMax = options.StreamsMax;
    private int streams;
    private long shed;

    /// <summary>How many streams were refused since the start because too many were open.</summary>
    public long Shed => Volatile.Read(ref shed);

    /// <summary>Lets one more in; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="RefusedException">Too many are open; <see cref="Leave"/> must not follow.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref streams) > streamsMax)
        {
            Leave();
            Interlocked.Increment(ref shed);
            throw CallErrors.TooManyStreams(streamsMax);
        }
    }

    public void Leave() => Interlocked.Decrement(ref streams);
}
