using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Adversity.Memory;

/// <summary>What a store in memory keeps when it is closed. One lock guards all of it.</summary>
internal sealed class MemoryDisk
{
    public Lock Gate { get; } = new();

    /// <summary>In the order in which scans show them.</summary>
    public SortedDictionary<RecordKey, (Record Record, Instant? Expires)> Records { get; } =
        new(Comparer<RecordKey>.Create(static (one, other) =>
            string.CompareOrdinal(one.Kind, other.Kind) is var kinds and not 0
                ? kinds
                : string.CompareOrdinal(one.Id, other.Id)));

    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Of each fact, its position.</summary>
    public Dictionary<string, long> Positions { get; } = [];

    /// <summary>The last version that any record was given.</summary>
    public long LastVersion { get; set; }
}
