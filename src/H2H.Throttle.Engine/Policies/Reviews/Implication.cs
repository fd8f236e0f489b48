using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Tells which conditions follow from others.</summary>
/// <remarks>A yes is always right; a no may only mean that it cannot be told from the text.</remarks>
/// <param name="channels">All that there can be; default: any.</param>
/// <param name="purposes">All that there can be; default: any.</param>
internal sealed class Implication(ImmutableArray<string> channels, ImmutableArray<string> purposes)
{
    /// <summary>Of contacts of the past, whose channels and purposes an older policy may have declared.</summary>
    public static Implication OfPast { get; } = new(default, default);

    /// <summary>Whether whatever meets all the given conditions matches.</summary>
    public bool Holds(ImmutableArray<Condition> given, Matcher claim) =>
        claim.Conditions.All(condition => Holds(given, condition));

    /// <summary>Whether whatever meets all the given conditions meets this one.</summary>
    public bool Holds(ImmutableArray<Condition> given, Condition claim) => claim switch
    {
        Condition.Not not => given.Any(one =>
                one is Condition.Not wider && Holds(not.Matcher.Conditions, wider.Matcher))
            || not.Matcher.Conditions.Any(inner => given.Any(one => Excludes(one, inner))),
        Condition.Trait { Key: TraitKey.Channel } trait when !channels.IsDefault => HoldsOfAll(channels, given, trait),
        Condition.Trait { Key: TraitKey.Purpose } trait when !purposes.IsDefault => HoldsOfAll(purposes, given, trait),
        _ => given.Any(one => Covers(one, claim)),
    };

    /// <summary>Whether nothing meets all the given conditions.</summary>
    public bool IsContradicted(ImmutableArray<Condition> given) =>
        given.Any(one => one is Condition.Not not && Holds(given, not.Matcher))
        || given.Any(one => given.Any(other => Excludes(one, other)))
        || IsNoneLeft(channels, given, TraitKey.Channel)
        || IsNoneLeft(purposes, given, TraitKey.Purpose);

    private static bool IsNoneLeft(ImmutableArray<string> declared, ImmutableArray<Condition> given, TraitKey key) =>
        !declared.IsDefault && declared.All(value => given.Any(one => RulesOut(one, key, value)));

    private static bool HoldsOfAll(
        ImmutableArray<string> declared, ImmutableArray<Condition> given, Condition.Trait claim) =>
        declared.All(value => given.Any(one => RulesOut(one, claim.Key, value)) || AnyMatches(claim.AnyOf, value));

    private static bool RulesOut(Condition given, TraitKey key, string value) => given switch
    {
        Condition.Trait trait => trait.Key == key && !AnyMatches(trait.AnyOf, value),
        Condition.Not { Matcher.Conditions: [Condition.Trait trait] } =>
            trait.Key == key && AnyMatches(trait.AnyOf, value),
        _ => false,
    };

    private static bool Covers(Condition narrow, Condition wide) => (narrow, wide) switch
    {
        (Condition.Trait one, Condition.Trait other) => one.Key == other.Key && Covers(one.AnyOf, other.AnyOf),
        (Condition.Label one, Condition.Label other) => one.Name == other.Name && Covers(one.AnyOf, other.AnyOf),
        (Condition.Attribute one, Condition.Attribute other) =>
            one.Name == other.Name && Covers(one.AnyOf, other.AnyOf),
        (Condition.Priority one, Condition.Priority other) => one.Least >= other.Least && one.Most <= other.Most,
        (Condition.Outcome one, Condition.Outcome other) => Covers(one.AnyOf, other.AnyOf),
        (Condition.Event one, Condition.Event other) => Covers(one.AnyOf, other.AnyOf),
        (Condition.Consent one, Condition.Consent other) => one.Terms == other.Terms,
        _ => false,
    };

    /// <remarks>A star of the narrow pattern can only be met by one of the wide, which takes anything.</remarks>
    private static bool Covers(ImmutableArray<Glob> narrow, ImmutableArray<Glob> wide) =>
        narrow.All(one => AnyMatches(wide, one.Text));

    /// <summary>Whether nothing can meet both. Of several subjects each may meet another condition.</summary>
    private static bool Excludes(Condition given, Condition other) => (given, other) switch
    {
        (Condition.Trait { Key: not TraitKey.Subject } one, Condition.Trait two) =>
            one.Key == two.Key && AreApart(one.AnyOf, two.AnyOf),
        (Condition.Label one, Condition.Label two) => one.Name == two.Name && AreApart(one.AnyOf, two.AnyOf),
        (Condition.Attribute one, Condition.Attribute two) =>
            one.Name == two.Name && AreApart(one.AnyOf, two.AnyOf),
        (Condition.Priority one, Condition.Priority two) => one.Least > two.Most || one.Most < two.Least,
        (Condition.Outcome one, Condition.Outcome two) => AreApart(one.AnyOf, two.AnyOf),
        (Condition.Event one, Condition.Event two) => AreApart(one.AnyOf, two.AnyOf),
        _ => false,
    };

    private static bool AreApart(ImmutableArray<Glob> ones, ImmutableArray<Glob> others) => ones.All(one =>
        others.All(other => (one.IsLiteral && !other.Matches(one.Text))
            || (other.IsLiteral && !one.Matches(other.Text))));

    private static bool AnyMatches(ImmutableArray<Glob> globs, string value) => globs.Any(glob => glob.Matches(value));
}
