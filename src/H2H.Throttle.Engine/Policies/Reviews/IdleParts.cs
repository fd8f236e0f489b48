using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Finds keys of rules that change nothing.</summary>
internal static class IdleParts
{
    public static void Check(ReviewedPolicy reviewed)
    {
        foreach (Rule rule in reviewed.Policy.Rules)
        {
            if (reviewed.MapOf(rule) is { } map && !BeatenRules.NeverGoverns(rule, reviewed.Policy))
            {
                CheckUnless(rule, map, reviewed);
                CheckZone(rule, map, reviewed);
            }
        }
    }

    private static void CheckUnless(Rule rule, Node.Map map, ReviewedPolicy reviewed)
    {
        if (rule.Unless is not { } unless || map.Find("unless") is not { } entry)
        {
            return;
        }

        ImmutableArray<Condition> both = [.. rule.When.Conditions, .. unless.Conditions];
        if (Governance.ImplicationOf(rule, reviewed.Policy).IsContradicted(both))
        {
            reviewed.Report(rule, entry.Key, new Fault(
                "`unless` lifts the rule for no contact that comes under it.",
                "Leave it out, or name contacts that `when` names too."));
        }
    }

    private static void CheckZone(Rule rule, Node.Map map, ReviewedPolicy reviewed)
    {
        if (map.Find("zone") is { } zone && IsWithoutCalendar(rule))
        {
            reviewed.Report(rule, zone.Key, new Fault(
                "`zone` changes nothing: elapsed time is the same everywhere.",
                "Leave it out, or count calendar time, such as `last 7 days` or `calendar day`."));
        }
    }

    private static bool IsWithoutCalendar(Rule rule) => rule switch
    {
        Cap or Gap => Strictness.DensityOf(rule) is { Window.HasCalendar: false },
        Cooldown cooldown => (cooldown.Silence is Silence.Rolling or Silence.Endless) && !cooldown.Within.HasCalendar,
        Needs needs => !needs.Within.HasCalendar && (needs.Or is null || IsWithoutCalendar(needs.Or)),
        _ => false,
    };
}
