namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>What became of calls, and how long each took. For one thread.</summary>
internal sealed class CallTally
{
    private readonly List<float> milliseconds = [];

    public long Allowed { get; private set; }

    public long Denied { get; private set; }

    public long Unanswered { get; private set; }

    public long Answered => Allowed + Denied;

    public void Add(CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.Allowed:
                Allowed++;
                break;
            case CallOutcome.Denied:
                Denied++;
                break;
            default:
                Unanswered++;
                break;
        }
    }

    /// <summary>How long a call with an answer took.</summary>
    public void Took(TimeSpan time) => milliseconds.Add((float)time.TotalMilliseconds);

    public void Add(CallTally other)
    {
        (Allowed, Denied) = (Allowed + other.Allowed, Denied + other.Denied);
        Unanswered += other.Unanswered;
        milliseconds.AddRange(other.milliseconds);
    }

    /// <summary>How long calls took at most, but for the slowest of them, in milliseconds; 0 without calls.</summary>
    /// <param name="share">Of the calls: 0.99 leaves the slowest hundredth out.</param>
    public double LatencyMs(double share)
    {
        if (milliseconds.Count == 0)
        {
            return 0;
        }

        milliseconds.Sort();
        return milliseconds[(int)Math.Min(milliseconds.Count - 1, share * milliseconds.Count)];
    }
}
