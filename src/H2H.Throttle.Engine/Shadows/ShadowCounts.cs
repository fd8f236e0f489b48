using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>What rules that decide nothing would have done since they are there, on every server.</summary>
/// <param name="Since">When the first contact was counted; null: none was yet.</param>
/// <param name="Asked">Reservations that were decided meanwhile.</param>
/// <param name="WouldRefuse">Those that were allowed, and would have been refused.</param>
/// <param name="WouldAllow">Those that were refused, and would have been allowed: by a whole policy alone.</param>
/// <param name="Rules">Those that any contact broke, the most contacts first.</param>
public sealed record ShadowCounts(
    Instant? Since, long Asked, long WouldRefuse, long WouldAllow, ImmutableArray<ShadowRule> Rules)
{
    public static ShadowCounts None { get; } = new(null, 0, 0, 0, []);

    /// <summary>Of two servers together.</summary>
    public ShadowCounts And(ShadowCounts other) => new(
        Since is { } one && other.Since is { } two ? Instant.Min(one, two) : Since ?? other.Since,
        Asked + other.Asked,
        WouldRefuse + other.WouldRefuse,
        WouldAllow + other.WouldAllow,
        Ordered(Rules.Concat(other.Rules).GroupBy(static rule => rule.Rule).Select(static same => new ShadowRule(
            same.Key, same.Sum(static rule => rule.Contacts), same.Sum(static rule => rule.Alone)))));

    /// <summary>Without what was counted before: of a later state of the same counts.</summary>
    public ShadowCounts Less(ShadowCounts before)
    {
        Dictionary<string, ShadowRule> known = before.Rules.ToDictionary(static rule => rule.Rule);
        return new ShadowCounts(
            Since,
            Asked - before.Asked,
            WouldRefuse - before.WouldRefuse,
            WouldAllow - before.WouldAllow,
            Ordered(Rules.Select(rule => known.GetValueOrDefault(rule.Rule) is { } old
                ? rule with { Contacts = rule.Contacts - old.Contacts, Alone = rule.Alone - old.Alone }
                : rule)));
    }

    internal static ImmutableArray<ShadowRule> Ordered(IEnumerable<ShadowRule> rules) =>
    [
        .. rules.Where(static rule => rule.Contacts > 0)
            .OrderByDescending(static rule => rule.Contacts)
            .ThenBy(static rule => rule.Rule, StringComparer.Ordinal),
    ];
}
