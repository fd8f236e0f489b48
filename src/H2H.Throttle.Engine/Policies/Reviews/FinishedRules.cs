using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds rules that are over, or are so before they begin.</summary>
internal static class FinishedRules
{
    public static void Check(ReviewedPolicy reviewed)
    {
        foreach (Rule rule in reviewed.Policy.Rules)
        {
            if (reviewed.MapOf(rule) is not { } map)
            {
                continue;
            }

            if (rule.Until <= reviewed.Now)
            {
                reviewed.Report(rule, map.Find("until")!.Value, new Fault(
                    $"The rule has been over since {InstantPattern.General.Format(rule.Until.Value)}.",
                    "Remove it, or give it a later `until`."));
            }
            else if (rule is Blackout { Interval: var interval } && interval.End <= reviewed.Now)
            {
                reviewed.Report(rule, map.Find("blackout")!.Key, new Fault(
                    $"The blackout has been over since {InstantPattern.General.Format(interval.End)}.",
                    "Remove the rule, or give it other dates."));
            }
            else if (rule is Blackout blackout && !Overlaps(blackout))
            {
                reviewed.Report(rule, map.Find("blackout")!.Key, new Fault(
                    "The blackout lies wholly outside the time in which the rule holds.",
                    "Leave the rule's own `from` and `until` out, or move them."));
            }
        }
    }

    public static bool IsOver(Rule rule, Instant now) =>
        rule.Until <= now || (rule is Blackout { Interval: var interval } && interval.End <= now);

    private static bool Overlaps(Blackout rule) =>
        !(rule.From >= rule.Interval.End) && !(rule.Until <= rule.Interval.Start);
}
