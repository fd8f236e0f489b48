using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Reviews;

namespace H2H.Throttle.Engine.Policies.Differences;

/// <summary>Tells in words how one rule changed.</summary>
internal static class RuleDifferences
{
    private static readonly ImmutableArray<string> Words = ["description", "source"];

    // A change of one of these may mean that other contacts come under the rule.
    private static readonly ImmutableArray<string> Reaching = ["when", "unless", "from", "until"];

    /// <param name="old">The rule as it was.</param>
    /// <param name="before">The policy that it was in.</param>
    /// <param name="young">The rule as it is.</param>
    /// <param name="after">The policy that it is in.</param>
    /// <param name="isSameGround">Whether the policies differ in nothing that all rules stand on.</param>
    /// <returns>A difference for each key that changed; the last bears what all of them mean.</returns>
    public static ImmutableArray<PolicyDifference> Of(
        Rule old, ReviewedPolicy before, Rule young, ReviewedPolicy after, bool isSameGround)
    {
        if (before.MapOf(old) is not { } oldMap || after.MapOf(young) is not { } youngMap)
        {
            return before.MapOf(old) is null == after.MapOf(young) is null
                ? []   // of a preset, which a product version fixes
                : [new PolicyDifference(young.Name, $"Writes {Named(young)} anew.", Bearing.Other)];
        }

        ImmutableArray<string> keys =
        [
            .. oldMap.Entries.Concat(youngMap.Entries)
                .Select(static entry => entry.Key.Text)
                .Distinct()
                .Where(key => TextOf(oldMap, key) != TextOf(youngMap, key)),
        ];
        bool isWordsOnly = keys.All(Words.Contains);
        Bearing bearing = isWordsOnly ? Bearing.None : BearingOf(old, young, after, keys, isSameGround);
        return
        [
            .. keys.Select(key => new PolicyDifference(
                young.Name,
                Say(old, young, key, oldMap.Find(key)?.Value, youngMap.Find(key)?.Value),
                Words.Contains(key) ? Bearing.None : bearing)),
        ];
    }

    /// <summary><c>the cap weekly</c></summary>
    public static string Named(Rule rule) => $"the {rule.KindName} {rule.Name}";

    public static string EffectOf(Rule rule) => rule.Effect switch
    {
        Effect.Warn => ", which warns",
        Effect.Observe => ", which only observes",
        _ => "",
    };

    private static string TextOf(Node.Map map, string key) => NodeText.Of(map.Find(key)?.Value);

    private static string Say(Rule old, Rule young, string key, Node? before, Node? after)
    {
        string from = NodeText.Of(before);
        string to = NodeText.Of(after);
        return (old, young, key) switch
        {
            (Cap { Limits: [{ When: null } one] }, Cap { Limits: [{ When: null } other] }, "cap") =>
                $"{Verb(one, other)} the cap of {young.Name} from {from} to {to}.",
            (_, _, "effect") => $"Changes what {young.Name} does from {EffectWord(old)} to {EffectWord(young)}.",
            _ when before is null => $"Gives {young.Name} `{key}: {to}`.",
            _ when after is null => $"Takes `{key}: {from}` from {young.Name}.",
            _ => $"Changes `{key}` of {young.Name} from {from} to {to}.",
        };
    }

    private static string Verb(CapLimit old, CapLimit young) =>
        (old.Contacts ?? int.MaxValue) < (young.Contacts ?? int.MaxValue) ? "Raises" : "Lowers";

    private static string EffectWord(Rule rule) => rule.Effect.ToString().ToLowerInvariant();

    private static bool DeniesNothing(Rule rule) =>
        rule is Cap cap && cap.Limits.All(static limit => limit.Contacts is null);

    private static Bearing BearingOf(
        Rule old, Rule young, ReviewedPolicy reviewed, ImmutableArray<string> keys, bool isSameGround)
    {
        if (keys is ["effect"])
        {
            // Deny, warn, observe: each lets pass what the one before it does, and more.
            return young.Effect > old.Effect ? Bearing.Looser : Bearing.Stricter;
        }

        if (old.Effect is Effect.Observe && young.Effect is Effect.Observe)
        {
            return Bearing.None;
        }

        if (!isSameGround || old.Effect != young.Effect || keys.Any(Reaching.Contains))
        {
            return Bearing.Other;
        }

        bool isStricter = DeniesNothing(old) || Strictness.DeniesAllThat(young, old, reviewed);
        bool isLooser = DeniesNothing(young) || Strictness.DeniesAllThat(old, young, reviewed);
        return (isStricter, isLooser) switch
        {
            (true, true) => Bearing.None,
            (true, false) => Bearing.Stricter,
            (false, true) => Bearing.Looser,
            (false, false) => Bearing.Other,
        };
    }
}
