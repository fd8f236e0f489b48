using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>What one rule has to say about a contact.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Standing">Whether it judges the contact.</param>
/// <param name="Evidence">What it looked at; none unless its matchers are about the contact.</param>
/// <param name="Obstacle">Why it is not met; null: it is, or does not govern.</param>
/// <param name="DeniesFrom">
/// Of a rule that is met: the first instant for which it would not be, if the contact were planned for then now; null:
/// none is known. Null too if it does not judge the contact.
/// </param>
/// <param name="Closed">When it would not be met, within the horizon, as far as that can be told.</param>
public sealed record RuleFinding(
    Rule Rule,
    RuleStanding Standing,
    Evidence Evidence,
    Reason? Obstacle,
    Instant? DeniesFrom,
    ImmutableArray<Interval> Closed)
{
    /// <summary>The most intervals that one finding names.</summary>
    public const int ClosedMax = 200;

    /// <summary>It is no rule of the policy: what the person said is in force without any.</summary>
    public bool IsAlwaysInForce => Rule.NamesInForce.Contains(Rule.Name);
}
