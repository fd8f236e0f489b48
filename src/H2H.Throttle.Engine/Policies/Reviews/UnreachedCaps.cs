using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds caps that contacts cannot fill while they keep a gap, and hours.</summary>
/// <remarks>
/// Contacts that were recorded without being asked for can fill them all the same, and so can those of a person who
/// changed zones between them.
/// </remarks>
internal sealed class UnreachedCaps
{
    /// <summary>How many combinations of window, gap and hours are worked out; nobody writes more by hand.</summary>
    private const int SpacingsMax = 64;

    private readonly ReviewedPolicy reviewed;
    private readonly Policy policy;
    private readonly Dictionary<(Window, Window, OpenMinutes), long?> spacings = [];

    private UnreachedCaps(ReviewedPolicy reviewed) => (this.reviewed, policy) = (reviewed, reviewed.Policy);

    public static void Check(ReviewedPolicy reviewed)
    {
        UnreachedCaps caps = new(reviewed);
        foreach (Cap cap in reviewed.Policy.Rules.OfType<Cap>())
        {
            if (Strictness.LeastAllowedBy(cap) is { } limit && IsPlain(cap))
            {
                caps.Check(cap, limit);
            }
        }
    }

    private void Check(Cap cap, int limit)
    {
        foreach (Gap gap in policy.Rules.OfType<Gap>().Where(gap => Keeps(gap, cap)))
        {
            Hours? hours = null;
            long? most = Most(gap, cap, null);
            if (!(most <= limit))
            {
                hours = policy.Rules.OfType<Hours>().FirstOrDefault(hours => hours.Zone == cap.Density.Zone
                    && !hours.Schedule.KnowsHolidays
                    && Binds(hours, cap)
                    && Most(gap, cap, hours) <= limit);
                most = hours is null ? null : Most(gap, cap, hours);
            }

            if (most is > 1 || (most is 1 && !IsToldOfAlready(gap, cap)))
            {
                Report(cap, gap, hours, most.Value);
                return;
            }
        }
    }

    private void Report(Cap cap, Gap gap, Hours? hours, long most)
    {
        string within = hours is null ? "" : $" and the hours of `{hours.Name}`";
        string times = most == 1 ? "once" : $"{most} times";
        reviewed.Report(cap, new Fault(
            $"Never reached: contacts that keep `{gap.Name}`{within} fit {times} into `{cap.Density.Window}` at most.",
            most == 1 ? "Remove the rule." : $"Write a cap below {most}, or remove the rule."));
    }

    /// <summary>Whether one of them denies whatever the other would.</summary>
    private bool IsToldOfAlready(Gap gap, Cap cap) =>
        Strictness.DeniesAllThat(gap, cap, reviewed) || Strictness.DeniesAllThat(cap, gap, reviewed);

    private static bool IsPlain(Cap cap) =>
        cap.Density is { Pool: null, Counting: { IsWeighted: false, Matcher.NamesDirection: false } };

    private bool Keeps(Gap gap, Cap cap) =>
        gap.Density.Window is Window.Rolling
        && Strictness.Counts(gap.Density.Counting, cap.Density.Counting, policy)
        && Binds(gap, cap);

    /// <summary>Whether every contact that the cap governs or counts had to obey the rule when it was asked.</summary>
    private bool Binds(Rule rule, Cap cap)
    {
        Matcher counted = cap.Density.Counting.Matcher;
        ImmutableArray<Purpose> purposes =
        [
            .. policy.Purposes.Values.Where(purpose => purpose.IsCounted || counted.NamesPurpose(purpose.Name)),
        ];
        return rule is { Effect: Effect.Deny, From: null, Until: null, UnlessConsent: null }
            && Governance.IsWithin(cap, rule, policy)
            && Governance.MatchesAll(rule, counted.Conditions, purposes, policy);
    }

    private long? Most(Gap gap, Cap cap, Hours? hours)
    {
        (Window window, Window.Rolling distance) = (cap.Density.Window, (Window.Rolling)gap.Density.Window);
        if (hours is null)
        {
            return Spacing.MostIn(window, distance);
        }

        OpenMinutes open = reviewed.OpenMinutesOf(hours);
        if (!spacings.TryGetValue((window, distance, open), out long? most) && spacings.Count < SpacingsMax)
        {
            spacings[(window, distance, open)] = most = Spacing.MostIn(window, distance, open);
        }

        return most;
    }
}
