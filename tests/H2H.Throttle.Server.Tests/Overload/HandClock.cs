namespace H2H.Throttle.Server.Tests.Overload;

/// <summary>A clock whose elapsed time is moved by hand.</summary>
internal sealed class HandClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Move(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);
}
