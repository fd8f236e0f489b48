using System.Threading.RateLimiting;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Access;

/// <summary>Keeps one caller from taking the room of all others. Safe from any thread.</summary>
internal sealed class CallerLimits : IDisposable
{
    private const int PeriodsPerSecond = 10;

    private readonly PartitionedRateLimiter<Caller>? limiter;
    private readonly int callsPerSecondMax;

    public CallerLimits(AccessOptions options)
    {
        callsPerSecondMax = options.CallsPerSecondMax;
        if (callsPerSecondMax > 0)
        {
            limiter = PartitionedRateLimiter.Create<Caller, string>(caller =>
                RateLimitPartition.GetTokenBucketLimiter(caller.Name, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = callsPerSecondMax,
                    TokensPerPeriod = Math.Max(1, callsPerSecondMax / PeriodsPerSecond),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(
                        Math.Max(1, callsPerSecondMax / PeriodsPerSecond) / (double)callsPerSecondMax),
                    QueueLimit = 0,
                }));
        }
    }

    /// <exception cref="RefusedException">The caller makes more calls than it may.</exception>
    public void Take(Caller caller)
    {
        if (limiter is null)
        {
            return;
        }

        using RateLimitLease lease = limiter.AttemptAcquire(caller);
        if (!lease.IsAcquired)
        {
            throw AccessErrorWire.TooFast(callsPerSecondMax);
        }
    }

    public void Dispose() => limiter?.Dispose();
}
