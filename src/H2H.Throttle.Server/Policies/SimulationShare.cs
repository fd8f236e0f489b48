using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Policies;

/// <summary>How much of one processor a simulation may take: little while calls come in, most while none do.</summary>
internal sealed class SimulationShare(CallGate gate)
{
    private const double WhileCalled = 0.1;
    private const double WhileIdle = 0.75;

    private long seen;

    /// <summary>Goes by the calls since it was asked last.</summary>
    public double Now
    {
        get
        {
            long entered = gate.Entered;
            bool isCalled = Interlocked.Exchange(ref seen, entered) != entered || gate.InFlight > 0;
            return isCalled ? WhileCalled : WhileIdle;
        }
    }
}
