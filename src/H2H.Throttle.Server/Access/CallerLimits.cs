using System.Threading.RateLimiting;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Access;

/// <summary>Keeps one caller from taking the room of all others. Safe from any thread.</summary>
internal sealed class CallerLimits : IDisposable
{
    private const int PeriodsPerSecond = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.0 / PeriodsPerSecond);

    private readonly PartitionedRateLimiter<Caller>? limiter;
    private readonly TimeProvider clock;
    private readonly int callsPerSecondMax;
    private long shed;

    public CallerLimits(AccessOptions options, TimeProvider clock)
    {
        this.clock = clock;
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

    /// <summary>How many calls were refused since the start because their caller made too many.</summary>
    public long Shed => Volatile.Read(ref shed);

    /// <param name="caller">Who calls.</param>
    /// <param name="calls">For how many calls it counts.</param>
    /// <exception cref="RefusedException">The caller makes more calls than it may.</exception>
    public void Take(Caller caller, int calls = 1)
    {
        if (limiter is not null && !TryTake(limiter, caller, calls))
        {
            Interlocked.Add(ref shed, calls);
            throw AccessErrorWire.TooFast(callsPerSecondMax);
        }
    }

    /// <summary>Waits until the caller may make so many more calls.</summary>
    public async ValueTask WaitAsync(Caller caller, int calls, CancellationToken cancellation)
    {
        while (limiter is not null && calls > 0)
        {
            int part = Math.Min(calls, callsPerSecondMax);
            if (TryTake(limiter, caller, part))
            {
                calls -= part;
            }
            else
            {
                // Nobody queues: the caller's other calls keep their chance.
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    public void Dispose() => limiter?.Dispose();

    private bool TryTake(PartitionedRateLimiter<Caller> from, Caller caller, int calls)
    {
        if (calls > callsPerSecondMax)
        {
            return false;   // it would never be
        }

        using RateLimitLease lease = from.AttemptAcquire(caller, calls);
        return lease.IsAcquired;
    }
}
