using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Which attempts a rule governs.</summary>
internal static class Governance
{
    /// <summary>Whether an attempt of the purpose can come under a rule, as far as the purpose goes.</summary>
    public static bool MayGovern(Rule rule, Purpose purpose) =>
        (purpose.IsCapped || rule.When.NamesPurpose(purpose.Name)) && (purpose.ObeysHours || rule is not Hours);

    /// <summary>What is known of every attempt that the rule governs.</summary>
    public static ImmutableArray<Condition> Demands(Rule rule) => rule.Unless is null
        ? rule.When.Conditions
        : rule.When.Conditions.Add(new Condition.Not(rule.Unless));

    /// <summary>What follows of attempts that the rule governs.</summary>
    public static Implication ImplicationOf(Rule rule, Policy policy) => new(
        policy.Channels,
        [.. policy.Purposes.Values.Where(purpose => MayGovern(rule, purpose)).Select(static p => p.Name)]);

    /// <summary>Whether every attempt that one rule governs is governed by the other too, whenever it is.</summary>
    public static bool IsWithin(Rule one, Rule other, Policy policy) =>
        IsWhile(one, other)
        && (other.UnlessConsent is null || other.UnlessConsent == one.UnlessConsent)
        && MatchesAll(other, Demands(one), PurposesOf(one, policy), policy);

    /// <summary>Whether the rule governs every attempt of those purposes that meets the conditions.</summary>
    public static bool MatchesAll(
        Rule rule, ImmutableArray<Condition> given, ImmutableArray<Purpose> purposes, Policy policy)
    {
        Implication implication = new(policy.Channels, [.. purposes.Select(static purpose => purpose.Name)]);
        return purposes.All(purpose => MayGovern(rule, purpose))
            && implication.Holds(given, rule.When)
            && (rule.Unless is null || implication.Holds(given, new Condition.Not(rule.Unless)));
    }

    private static bool IsWhile(Rule one, Rule other) =>
        (other.From is null || other.From <= one.From) && (other.Until is null || other.Until >= one.Until);

    private static ImmutableArray<Purpose> PurposesOf(Rule rule, Policy policy)
    {
        ImmutableArray<Condition> given = Demands(rule);
        return
        [
            .. policy.Purposes.Values.Where(purpose => MayGovern(rule, purpose)
                && !new Implication(policy.Channels, [purpose.Name]).IsContradicted(given)),
        ];
    }
}
