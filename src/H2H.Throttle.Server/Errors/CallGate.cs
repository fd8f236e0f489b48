using Grpc.Core;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>Lets unary calls in while the server is up and has room. Safe from any thread.</summary>
internal sealed class CallGate(ServerOptions options)
{
    private readonly int inFlightMax = options.CallsInFlightMax;
    private int inFlight;
    private long entered;
    private long shed;
    private volatile bool closed;

    /// <summary>How many calls are in.</summary>
    public int InFlight => Volatile.Read(ref inFlight);

    /// <summary>How many calls have come in since the start.</summary>
    public long Entered => Volatile.Read(ref entered);

    /// <summary>How many calls were refused since the start because too many were in.</summary>
    public long Shed => Volatile.Read(ref shed);

    /// <summary>Lets nobody in any more. Calls that are in may finish.</summary>
    public void Close() => closed = true;

    /// <summary>Lets one call in; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="RefusedException">It is closed or full; <see cref="Leave"/> must not follow.</exception>
    public void Enter()
    {
        if (closed)
        {
            throw CallErrors.ShuttingDown("Nothing was done.");
        }

        if (Interlocked.Increment(ref inFlight) > inFlightMax)
        {
            Leave();
            Interlocked.Increment(ref shed);
            throw new RefusedException(
                StatusCode.ResourceExhausted,
                ErrorReason.Overloaded,
                $"The service is answering {inFlightMax} calls already. Nothing was done; try again a little later.");
        }

        Interlocked.Increment(ref entered);
    }

    public void Leave() => Interlocked.Decrement(ref inFlight);
}
