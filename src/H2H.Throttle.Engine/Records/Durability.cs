namespace H2H.Throttle.Engine.Records;

/// <summary>What a saved record outlives, as far as the store can tell.</summary>
public enum Durability
{
    /// <summary>The store does not tell.</summary>
    Unstated,

    /// <summary>The memory of one machine: lost if the store's process ends.</summary>
    Memory,

    /// <summary>
    /// On the disk of one machine within about a second: outlives the process, and the machine after that.
    /// </summary>
    DiskLater,

    /// <summary>On the disk of one machine: outlives the process and the machine, not the disk.</summary>
    Disk,

    /// <summary>On a second machine too: outlives either of them.</summary>
    Replicated,
}
