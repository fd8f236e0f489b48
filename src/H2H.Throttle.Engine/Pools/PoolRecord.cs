using System.Collections.Immutable;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Pools;

/// <summary>All that is stored of a pool: who may be in it, and what is about to be reserved.</summary>
/// <remarks>
/// Contacts are not in here: they are in the records of the people, which also say who is in the pool for certain.
/// </remarks>
internal sealed record PoolRecord
{
    /// <summary>The most people in one pool: a decision reads the records of them all.</summary>
    public const int MembersMax = 200;

    /// <summary>The most contacts that are about to be reserved at once.</summary>
    public const int ClaimsMax = 256;

    public static PoolRecord Empty { get; } = new();

    /// <summary>
    /// Everyone whose record says that they are in it, in order; maybe a few who were or are about to be.
    /// </summary>
    public ImmutableSortedSet<PersonKey> Members { get; init; } =
        ImmutableSortedSet.Create<PersonKey>(Comparer<PersonKey>.Create(static (one, other) =>
            string.CompareOrdinal(one.Text, other.Text)));

    public ImmutableArray<PoolClaim> Claims { get; init; } = [];
}
