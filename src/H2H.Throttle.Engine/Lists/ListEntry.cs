using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;

namespace H2H.Throttle.Engine.Lists;

/// <summary>A list as the shelf's record tells of it.</summary>
internal sealed record ListEntry
{
    public required string Name { get; init; }

    /// <summary>Ticks of 100 ns since 1970; so is the other time.</summary>
    public required long AsOf { get; init; }

    /// <summary>When it became what it is.</summary>
    public required long ChangedAt { get; init; }

    /// <summary>What made it what it is: the last import, or a removal.</summary>
    public required string ChangeId { get; init; }

    /// <summary>Who made it what it is; null: not told, or it is older than this.</summary>
    public Signatory? ChangedBy { get; init; }

    /// <summary>Different addresses.</summary>
    public long Entries { get; init; }

    /// <summary>Lines of the last import.</summary>
    public long Lines { get; init; }

    /// <summary>Of those, the ones that were left out as bad.</summary>
    public long BadLines { get; init; }

    /// <summary>
    /// The import that began it, and those that changed it since, in order. Empty: the list was removed.
    /// </summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    public bool IsRemoved => Layers.IsEmpty;
}
