namespace H2H.Throttle.Engine.Simulations;

/// <summary>
/// Lets a simulation work in short stretches and rest between them, for whoever else needs the processor.
/// </summary>
/// <param name="clock">Tells how long it worked.</param>
/// <param name="share">
/// How much of the time of one processor it may take now: above 0, to 1. Asked anew after each stretch.
/// </param>
public sealed class SimulationPace(TimeProvider clock, Func<double> share)
{
    private static readonly TimeSpan StretchMin = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan RestMax = TimeSpan.FromSeconds(1);

    private long started = clock.GetTimestamp();

    /// <summary>Without rest, where nobody else needs anything.</summary>
    public static SimulationPace Unbounded(TimeProvider clock) => new(clock, static () => 1);

    /// <summary>To be called between people: rests if a stretch is over.</summary>
    public async ValueTask RestAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TimeSpan worked = clock.GetElapsedTime(started);
        if (worked < StretchMin)
        {
            return;
        }

        double allowed = share();
        if (allowed < 1)
        {
            TimeSpan rest = worked * ((1 - allowed) / allowed);
            await Task.Delay(rest < RestMax ? rest : RestMax, clock, cancellation).ConfigureAwait(false);
        }

        started = clock.GetTimestamp();
    }
}
