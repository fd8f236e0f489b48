using NodaTime;

namespace H2H.Throttle.Engine.Requests;

/// <summary>The time of a call: the clock's, unless the caller's is to be believed.</summary>
internal sealed class RequestClock(ThrottleOptions options, TimeProvider clock)
{
    private static readonly Duration TrustedPast = Duration.FromDays(365 * 100);

    /// <summary>The clock, in whole ticks of 100 ns.</summary>
    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    /// <summary>Whether callers may say any time, so that the clock tells nothing of what is long ago.</summary>
    public bool BelievesCallers => options.TrustRequestTime;

    /// <param name="at">What the caller says; null: nothing.</param>
    /// <param name="problems">Takes the refusal of a time too far from the clock, which is not answered.</param>
    public Instant Read(Instant? at, Problems problems)
    {
        Instant now = Now;
        if (at is not { } given)
        {
            return now;
        }

        Duration off = given > now ? given - now : now - given;
        Duration skewMax = options.TrustRequestTime ? TrustedPast : Duration.FromMilliseconds(options.TimeSkewMaxMs);
        problems.RequireForNow(
            off <= skewMax,
            ProblemReason.TimeOutOfRange,
            "at",
            $"at is {(long)off.TotalSeconds} seconds off the server's clock; at most {(long)skewMax.TotalSeconds} "
            + $"are allowed. Leave it out to mean now.");
        return off <= skewMax ? given : now;
    }
}
