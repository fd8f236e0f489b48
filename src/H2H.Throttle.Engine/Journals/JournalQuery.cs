using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Journals;

/// <summary>
/// Which facts are wanted, as a caller describes it, not checked yet: those that meet all that is given.
/// </summary>
public sealed record JournalQuery
{
    public const int KindsMax = 64;

    /// <summary>Of <see cref="JournalKinds.All"/>; empty: every kind.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>About whom; null or empty: anybody and anything. It is hashed, and nothing else is kept.</summary>
    public string? PersonId { get; init; }

    /// <summary>When they happened; null: however long ago.</summary>
    public Instant? From { get; init; }

    /// <summary>Excluded; null: up to now.</summary>
    public Instant? Until { get; init; }

    /// <summary>Who made them: an actor's <c>Id</c> or <c>Name</c>; null or empty: anybody.</summary>
    public string? Caller { get; init; }

    /// <summary>The only brands of which reservations may be told; default: all facts, of whatever brand.</summary>
    public ImmutableArray<string> Brands { get; init; }
}
