using System.Collections.Immutable;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Pools;

/// <summary>What came of changing a person with or without pools.</summary>
/// <param name="IsDone">False: the person is in other pools than was thought.</param>
/// <param name="Result">The answer to the caller, if it is done.</param>
/// <param name="Pools">Those that are needed, if it is not.</param>
/// <param name="At">Whose record says so.</param>
internal readonly record struct Turnout<TResult>(
    bool IsDone, TResult? Result, ImmutableArray<Membership> Pools, PersonKey At)
{
    /// <summary>To begin with.</summary>
    public static Turnout<TResult> Open { get; } = new(false, default, [], default);

    public static Turnout<TResult> Done(TResult result) => new(true, result, [], default);

    public static Turnout<TResult> Needs(ImmutableArray<Membership> pools, PersonKey at) =>
        new(false, default, pools, at);
}
