using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Journals;

/// <summary>Lets only so many watch the journal at once. Safe from any thread.</summary>
internal sealed class WatchRoom
{
    public const int WatchesMax = 1000;

    private int watches;

    /// <summary>How many watch.</summary>
    public int Watches => Volatile.Read(ref watches);

    /// <summary>Lets one more watch; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="RefusedException">Too many watch; <see cref="Leave"/> must not follow.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref watches) > WatchesMax)
        {
            Leave();
            throw new RefusedException(
                StatusCode.ResourceExhausted,
                ErrorReason.WatchesTooMany,
                $"{WatchesMax} watches of the journal are open on this server already; end some, or ask another.");
        }
    }

    public void Leave() => Interlocked.Decrement(ref watches);
}
