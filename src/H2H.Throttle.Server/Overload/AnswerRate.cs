namespace H2H.Throttle.Server.Overload;

/// <summary>How many questions are answered a second, of late. For one thread at a time.</summary>
internal sealed class AnswerRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    private long since = clock.GetTimestamp();
    private long answered;
    private double perSecond;

    /// <summary>What was before does not count.</summary>
    public void Begin() => (since, answered, perSecond) = (clock.GetTimestamp(), 0, 0);

    public void Add(int asks) => answered += asks;

    /// <summary>Over the last whole window; 0 until there is one.</summary>
    public double PerSecond()
    {
        TimeSpan past = clock.GetElapsedTime(since);
        if (past >= Window)
        {
            double last = answered / past.TotalSeconds;
            Begin();
            perSecond = last;
        }

        return perSecond;
    }
}
