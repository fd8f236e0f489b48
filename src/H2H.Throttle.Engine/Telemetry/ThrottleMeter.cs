using System.Diagnostics.Metrics;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Counts and times what the service does, for whoever listens. Safe from any thread.</summary>
/// <remarks>
/// Costs next to nothing while nobody listens. What it tells carries no person's id and no address, nor their hashes;
/// its names are those of the table in the server's <c>Telemetry/README.md</c>.
/// </remarks>
public sealed class ThrottleMeter : IDisposable
{
    /// <summary>Of the meter, and of the source of activities.</summary>
    public const string Name = "H2H.Throttle";

    /// <param name="store">What the store is called in what is told of it.</param>
    /// <param name="time">Measures how long things take.</param>
    public ThrottleMeter(string store, TimeProvider time) : this(Name, store, time) { }

    private ThrottleMeter(string name, string store, TimeProvider? time)
    {
        Meter = new Meter(name);
        Decisions = new DecisionMeter(Meter, time);
        Changes = new ChangeMeter(Meter);
        Stores = new StoreMeter(Meter, store, time);
        Webhooks = new WebhookMeter(Meter);
    }

    /// <summary>For what is counted elsewhere under the same name.</summary>
    public Meter Meter { get; }

    /// <summary>The highest position in the journal that this process has seen; 0: none yet.</summary>
    public long JournalPosition => Stores.JournalPosition;

    /// <summary>One that nobody can listen to.</summary>
    internal static ThrottleMeter Unheard { get; } = Silenced();

    internal DecisionMeter Decisions { get; }

    internal ChangeMeter Changes { get; }

    internal StoreMeter Stores { get; }

    internal WebhookMeter Webhooks { get; }

    public void Dispose() => Meter.Dispose();

    private static ThrottleMeter Silenced()
    {
        ThrottleMeter silent = new("", "", null);
        silent.Dispose();
        return silent;
    }
}
