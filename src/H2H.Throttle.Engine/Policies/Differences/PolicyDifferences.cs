using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Reviews;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Differences;

/// <summary>Tells in words how one policy differs from another, and whether that loosens or tightens it.</summary>
public static class PolicyDifferences
{
    // Told rule by rule.
    private static readonly ImmutableArray<string> NotWhole = ["rules", "presets"];

    /// <summary>Comments, layout and the order of keys and rules make no difference.</summary>
    /// <param name="before">A valid document.</param>
    /// <param name="after">A valid document.</param>
    /// <param name="now">Tells which rules are over.</param>
    /// <returns>The policy as a whole first, then rules that are gone, changed and new.</returns>
    /// <exception cref="ArgumentException">A document is not valid.</exception>
    public static ImmutableArray<PolicyDifference> Of(string before, string after, Instant now)
    {
        ReviewedPolicy old = Read(before, now, nameof(before));
        ReviewedPolicy young = Read(after, now, nameof(after));
        bool isSameGround = GroundOf(old.Root) == GroundOf(young.Root);
        return
        [
            .. Whole(old.Root, young.Root),
            .. old.Policy.Rules.Where(rule => Find(young.Policy, rule.Name) is null).Select(Gone),
            .. young.Policy.Rules.SelectMany(rule => Find(old.Policy, rule.Name) is { } known
                ? RuleDifferences.Of(known, old, rule, young, isSameGround)
                : [New(rule)]),
        ];
    }

    /// <summary>What all differences together mean.</summary>
    public static Bearing Together(ImmutableArray<PolicyDifference> differences) => differences
        .Select(static one => one.Bearing)
        .Where(static bearing => bearing is not Bearing.None)
        .Distinct()
        .ToArray() switch
        {
            [] => Bearing.None,
            [var only] => only,
            _ => Bearing.Other,
        };

    private static IEnumerable<PolicyDifference> Whole(Node.Map old, Node.Map young) => old.Entries
        .Concat(young.Entries)
        .Select(static entry => entry.Key.Text)
        .Distinct()
        .Where(static key => !NotWhole.Contains(key))
        .Select(key => (Key: key, Old: old.Find(key)?.Value, Young: young.Find(key)?.Value))
        .Where(static one => NodeText.Of(one.Old) != NodeText.Of(one.Young))
        .Select(static one => new PolicyDifference(
            null,
            $"Changes `{one.Key}` from {NodeText.Of(one.Old)} to {NodeText.Of(one.Young)}.",
            one.Key is "policy" ? Bearing.None : Bearing.Other));

    private static PolicyDifference Gone(Rule rule) => new(
        rule.Name,
        $"Drops {RuleDifferences.Named(rule)}.",
        rule.Effect is Effect.Observe ? Bearing.None : Bearing.Looser);

    private static PolicyDifference New(Rule rule) => new(
        rule.Name,
        $"Adds {RuleDifferences.Named(rule)}{RuleDifferences.EffectOf(rule)}.",
        rule.Effect is Effect.Observe ? Bearing.None : Bearing.Stricter);

    private static Rule? Find(Policy policy, string name) =>
        policy.Rules.FirstOrDefault(rule => rule.Name == name);

    /// <summary>All on which rules stand: zones, purposes, channels.</summary>
    private static string GroundOf(Node.Map root) => string.Join('\n', root.Entries
        .Where(static entry => entry.Key.Text is not "policy" && !NotWhole.Contains(entry.Key.Text))
        .Select(static entry => $"{entry.Key.Text}: {NodeText.Of(entry.Value)}")
        .Order(StringComparer.Ordinal));

    private static ReviewedPolicy Read(string document, Instant now, string name) =>
        DocumentReader.ReadOne(document, new Findings()) is Node.Map root
        && PolicyParser.Read(document) is PolicyReading.Valid valid
            ? new ReviewedPolicy(valid.Policy, root, now)
            : throw new ArgumentException("The document is not a valid policy.", name);
}
