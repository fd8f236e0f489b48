using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>
/// Whether rules judge several contacts alike by each other, so that it is the same in which order they are reserved.
/// </summary>
/// <param name="policy">In force.</param>
/// <param name="person">As of now.</param>
/// <param name="attempts">The contacts.</param>
/// <param name="now">When they are planned.</param>
internal sealed class Reciprocity(Policy policy, Person person, ImmutableArray<Attempt> attempts, Instant now)
{
    private readonly ImmutableArray<Rule> oneSided =
    [
        .. person.Limits.Select(static limit => limit.Rule).Concat(policy.Rules)
            .Where(rule => !IsMutual(rule, policy, person, attempts, now)),
    ];

    public bool Holds => oneSided.IsEmpty;

    /// <summary>Whether one of them may be allowed only after another, or earlier.</summary>
    public bool MayHelp => oneSided.Any(static rule => rule is Balance or Needs);

    /// <remarks>
    /// A rule is, if it governs those that it counts and no others, by one number, and whichever comes first. One that
    /// holds for a time, or is lifted by a consent, may govern a contact at one time and not at another.
    /// </remarks>
    private static bool IsMutual(
        Rule rule, Policy policy, Person person, ImmutableArray<Attempt> attempts, Instant now)
    {
        bool[] governed =
            [.. attempts.Select(one => IsGoverned(rule, Circumstances.Of(policy, person, one, now), one))];
        bool[] counted =
            [.. attempts.Select(one => IsCounted(rule, Circumstances.Of(policy, person, one, now), one))];
        if (!governed.Contains(true) || !counted.Contains(true))
        {
            return true;
        }

        return rule is Cap or Gap
            && rule is { From: null, Until: null, UnlessConsent: null }
            && governed.SequenceEqual(counted)
            && (rule is not Cap cap || attempts.Where((_, i) => governed[i])
                .Select(one => cap.LimitFor(Circumstances.Of(policy, person, one, now))).Distinct().Count() == 1);
    }

    private static bool IsGoverned(Rule rule, in Circumstances circumstances, Attempt attempt) =>
        rule.Effect is not Effect.Observe
        && !(rule.Effect is Effect.Warn && attempt.OverrideReason is not null)
        && rule.Governs(circumstances);

    private static bool IsCounted(Rule rule, in Circumstances circumstances, Attempt attempt)
    {
        LedgerContact reserved = new(
            new ContactNumber(1), attempt.At, attempt.Traits, attempt.Weight, ContactState.Reserved, Instant.MaxValue,
            null, attempt.At);
        foreach (Counting counting in rule.Countings)
        {
            if (counting.CountsForAny(circumstances, reserved))
            {
                return true;
            }
        }

        return false;
    }
}
