using NodaTime;

namespace H2H.Throttle.Testing;

/// <summary>A clock that a test moves by hand. Timers are the system's: nothing here makes them fire early.</summary>
public sealed class ManualClock(Instant start) : TimeProvider
{
    private readonly Lock gate = new();
    private Instant now = start;

    public Instant Now
    {
        get { lock (gate) { return now; } }
        set { lock (gate) { now = value; } }
    }

    public void Advance(Duration by) => Now += by;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
}
