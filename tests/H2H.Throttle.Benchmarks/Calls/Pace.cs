using System.Diagnostics;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Hands out the numbers of calls until the time is over, as fast as they are taken or at a rate.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Pace
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly TimeSpan span;
    private readonly double perSecond;
    private readonly long last;
    private long next;

    /// <param name="first">The number of the first call.</param>
    /// <param name="span">For how long calls begin.</param>
    /// <param name="perSecond">How many begin in a second at most, on the average; infinity: as fast as taken.</param>
    /// <param name="callsMax">How many there are at most.</param>
    public Pace(long first, TimeSpan span, double perSecond = double.PositiveInfinity, long callsMax = long.MaxValue)
    {
        (First, next, this.span, this.perSecond) = (first, first, span, perSecond);
        last = callsMax == long.MaxValue ? long.MaxValue : first + callsMax;
    }

    public long First { get; }

    /// <summary>How many calls were handed out.</summary>
    public long Taken => Math.Min(Interlocked.Read(ref next), last) - First;

    public bool IsLimited => !double.IsPositiveInfinity(perSecond);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    /// <summary>No call begins any more.</summary>
    public bool IsOver => Elapsed >= span || Interlocked.Read(ref next) >= last;

    /// <summary>The next call's number. False: none begins now.</summary>
    public bool TryTake(out long number)
    {
        number = 0;
        TimeSpan elapsed = Elapsed;
        if (elapsed >= span || (IsLimited && Taken >= elapsed.TotalSeconds * perSecond))
        {
            return false;
        }

        number = Interlocked.Increment(ref next) - 1;
        return number < last;
    }
}
