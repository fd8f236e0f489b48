using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Health;

/// <summary>
/// Says that the server is up, and when it goes down says so first, before it refuses and before it stops.
/// </summary>
internal sealed class ServingHealth(HealthService health, CallGate gate, IHostApplicationLifetime lifetime)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(health.Serve);
        lifetime.ApplicationStopping.Register(() =>
        {
            health.StopServing();
            gate.Close();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
