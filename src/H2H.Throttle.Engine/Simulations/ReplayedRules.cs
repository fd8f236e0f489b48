using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>The rules of a policy that the past can be put to.</summary>
/// <param name="Policy">With those rules alone.</param>
/// <param name="LeftOut">The names of the others: holds and lists do not tell how they stood then.</param>
internal sealed record ReplayedRules(Policy Policy, ImmutableArray<string> LeftOut)
{
    public static ReplayedRules Of(Policy policy) => new(
        policy with { Rules = [.. policy.Rules.Where(static rule => !IsOfNow(rule))] },
        [.. policy.Rules.Where(IsOfNow).Select(static rule => rule.Name)]);

    private static bool IsOfNow(Rule rule) => rule is OnHold or Listed;
}
