using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>How often and how long apart sending is tried.</summary>
/// <remarks>
/// The pause after the n-th failure in a row is twice the one before, up to the longest, and then anything from half
/// of that to all of it, so that many webhooks of one receiver do not come back at once. Failures are counted over
/// events: a receiver that is down is not asked more often because there is more to tell it.
/// </remarks>
public sealed record WebhookPlan
{
    private const int DoublingsMax = 30;

    /// <param name="triesMax">How often one event is tried.</param>
    /// <param name="pauseMin">After the first failure.</param>
    /// <param name="pauseMax">The longest, but for what a receiver asks for.</param>
    /// <param name="takeover">How long a server may be silent before another takes its turn.</param>
    public WebhookPlan(int triesMax, Duration pauseMin, Duration pauseMax, Duration takeover)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(triesMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pauseMin, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(pauseMax, pauseMin);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(takeover, Duration.Zero);
        (TriesMax, PauseMin, PauseMax, Takeover) = (triesMax, pauseMin, pauseMax, takeover);
    }

    /// <summary>The longest that a receiver may ask to be left alone.</summary>
    public static Duration RetryAfterMax { get; } = Duration.FromHours(1);

    public int TriesMax { get; }

    public Duration PauseMin { get; }

    public Duration PauseMax { get; }

    public Duration Takeover { get; }

    /// <summary>How often the server whose turn it is gives a sign of life.</summary>
    public Duration Beat => Takeover / 4;

    /// <param name="failures">In a row, from 1.</param>
    /// <param name="asked">What the receiver asks for; null: nothing.</param>
    /// <param name="dice">From 0 to 1.</param>
    public Duration PauseAfter(int failures, Duration? asked, double dice)
    {
        if (asked is { } wanted)
        {
            return Duration.Max(Duration.Min(wanted, RetryAfterMax), PauseMin);
        }

        Duration whole = Duration.Min(PauseMin * Math.Pow(2, Math.Min(failures - 1, DoublingsMax)), PauseMax);
        return whole * (0.5 + (dice / 2));
    }
}
