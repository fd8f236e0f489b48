using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Pools;

/// <summary>A pool that a person is in.</summary>
/// <param name="Kind">Such as <c>household</c>; a person is in one pool of a kind at most.</param>
/// <param name="Pool">Which.</param>
public sealed record Membership(string Kind, PoolKey Pool)
{
    /// <summary>All of a person's, by kind.</summary>
    public static ImmutableArray<Membership> Of(Person person) =>
        [.. person.Pools.Select(static pool => new Membership(pool.Key, new PoolKey(pool.Value.Key)))];

    /// <summary>Those over which some rule counts, in the order in which pools are taken: by their keys.</summary>
    internal static ImmutableArray<Membership> Of(Person person, Policy policy) => person.Pools.IsEmpty
        ? []
        : [.. Of(person).Where(one => policy.PoolKinds.Contains(one.Kind)).OrderBy(static one => one.Pool)];
}
