using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Policies;

/// <summary>Brings what shadow rules counted to the store every few seconds, and when the server stops.</summary>
internal sealed class ShadowFlush(ThrottleEngine engine, TimeProvider clock, ILogger<ShadowFlush> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            await FlushAsync(stoppingToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        try
        {
            await engine.Shadows.FlushAsync(cancellation);
        }
        catch (StoreException failure)
        {
            log.NotBrought(failure.Message);   // it is kept, and brought the next time
        }
    }
}
