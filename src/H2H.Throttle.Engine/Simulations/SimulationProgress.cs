namespace H2H.Throttle.Engine.Simulations;

/// <summary>How far a simulation is. Written by one, read by any.</summary>
public sealed class SimulationProgress
{
    private long people;
    private long contacts;
    private long refused;
    private double share;

    /// <summary>People whose past was read.</summary>
    public long People => Volatile.Read(ref people);

    /// <summary>Contacts that were put to the candidate.</summary>
    public long Contacts => Volatile.Read(ref contacts);

    /// <summary>Those of them that it refused.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>About how much is done: 0 to 1.</summary>
    public double Share => Volatile.Read(ref share);

    internal void Add(int people, int contacts, int refused)
    {
        Volatile.Write(ref this.people, this.people + people);
        Volatile.Write(ref this.contacts, this.contacts + contacts);
        Volatile.Write(ref this.refused, this.refused + refused);
    }

    internal void Reach(double share) => Volatile.Write(ref this.share, Math.Max(this.share, Math.Min(1, share)));
}
