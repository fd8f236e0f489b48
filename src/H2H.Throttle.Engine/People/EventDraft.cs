using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Something that happened with a person, as a caller describes it, not checked yet.</summary>
/// <param name="Name">What: a standard event, or one that the policy declares. Must be there.</param>
public sealed record EventDraft(string? Name)
{
    /// <summary>By which channel, for which purpose and about which topic, as far as is known.</summary>
    public Scope About { get; init; } = Scope.Everything;

    /// <summary>With which brand; null or empty: not known.</summary>
    public string? Brand { get; init; }

    /// <summary>Debts, products, cases; maybe none.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>When; null: now.</summary>
    public Instant? HappenedAt { get; init; }

    /// <summary>Who says so; null or empty: not told.</summary>
    public string? Source { get; init; }
}
