using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Server.Telemetry;

namespace H2H.Throttle.Server.Health;

/// <summary>
/// Looks at the store every now and then: whether it answers, and whether another server has published a policy.
/// </summary>
internal sealed class StoreWatch(
    ThrottleEngine engine,
    HealthService health,
    ComponentHealth components,
    LookMeter meter,
    ServerOptions options,
    TimeProvider clock,
    ILogger<StoreWatch> log)
    : BackgroundService
{
    private const int FailuresMax = 2;   // one look that fails may be bad luck

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = TimeSpan.FromMilliseconds(options.StoreWatchMs);
        bool isUp = health.IsUp(HealthService.Store);
        int failures = 0;
        while (true)
        {
            await Task.Delay(pause, clock, stoppingToken);
            StoreException? failure = await LookAsync(stoppingToken);
            meter.Looked(failure is null);
            failures = failure is null ? 0 : failures + 1;
            bool wasUp = isUp;
            isUp = failure is null || (isUp && engine.IsReady && failures < FailuresMax);
            await components.TellAsync(isUp, stoppingToken);
            if (isUp != wasUp)
            {
                Log(isUp, failure);
            }
        }
    }

    /// <summary>Null: the store answers, and what it holds can be decided by.</summary>
    private async Task<StoreException?> LookAsync(CancellationToken cancellation)
    {
        try
        {
            await engine.RefreshAsync(cancellation);
            return null;
        }
        catch (StoreException failure)
        {
            return failure;
        }
    }

    private void Log(bool isUp, StoreException? failure)
    {
        if (isUp)
        {
            log.StoreIsUp(engine.Policies.Current.Number);
        }
        else
        {
            log.StoreIsDown(failure!.Failure, failure.Message);
        }
    }
}
