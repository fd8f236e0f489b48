using System.Collections.Immutable;

namespace H2H.Throttle.Engine.People;

/// <summary>What a caller wants to be known of a person. A part that is null stays as it is.</summary>
public sealed record PersonDraft
{
    /// <summary>An IANA name; empty: not known.</summary>
    public string? Zone { get; init; }

    /// <summary>
    /// IANA names of the candidates, where the zone is not known. Replaces all of them. One alone is the zone.
    /// </summary>
    public ImmutableArray<string>? Zones { get; init; }

    /// <summary>ISO 3166-1 alpha-2 in capitals; empty: not known.</summary>
    public string? Country { get; init; }

    /// <summary>Replaces all of them.</summary>
    public ImmutableSortedDictionary<string, string>? Attributes { get; init; }

    /// <summary>Replaces all of them.</summary>
    public ImmutableArray<LimitDraft>? Limits { get; init; }

    /// <summary>Replaces all of them.</summary>
    public ImmutableArray<QuietDraft>? QuietTimes { get; init; }
}
