using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>One thing in the way of a contact, with the numbers behind it.</summary>
/// <param name="Rule">
/// The rule's name; <c>opt-out</c>, <c>snooze</c>, <c>person-limit</c> or <c>person-quiet</c> for what is always in
/// force.
/// </param>
/// <param name="Code">For programs.</param>
/// <param name="Message">For people: one sentence, without personal data.</param>
/// <param name="FreeAt">
/// The first instant at which this alone would no longer be in the way; null: waiting does not help.
/// </param>
public sealed record Reason(string Rule, ReasonCode Code, string Message, Instant? FreeAt)
{
    /// <summary>
    /// What was counted: contacts, or their weight under a weighted cap. Without the one asked for. Null: nothing is.
    /// </summary>
    public int? Used { get; init; }

    /// <summary>The most that would be allowed; null: the rule has no number.</summary>
    public int? Limit { get; init; }

    /// <summary>The window as the policy writes it; null: the rule has none.</summary>
    public string? Window { get; init; }

    /// <summary>Whether the rule only warns: with a reason to override it, it lets the contact pass.</summary>
    public bool IsOverridable { get; init; }

    /// <summary>
    /// The contacts that were counted, oldest first: at most <see cref="CountedMax"/>, the latest ones.
    /// </summary>
    public ImmutableArray<LedgerContact> Counted { get; init; } = [];

    internal static Reason Of(string rule, ReasonCode code, string message, Instant? freeAt, Evidence evidence) =>
        new(rule, code, message, freeAt)
        {
            Used = evidence.Used, Limit = evidence.Limit, Window = evidence.Window, Counted = evidence.Counted,
        };

    /// <summary>The most contacts that a reason names; <see cref="Used"/> is never cut.</summary>
    public const int CountedMax = 50;
}
