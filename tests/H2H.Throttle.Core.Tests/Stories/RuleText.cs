using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>Shows a rule in the report of a failure.</summary>
internal static class RuleText
{
    public static string Of(Rule rule) => rule switch
    {
        Cap cap => $"{rule.Name}: cap {string.Join('|', cap.Limits.Select(static limit => limit.Contacts))} "
            + $"{Of(cap.Density)}{Of(rule.From, rule.Until)}",
        Gap gap => $"{rule.Name}: gap {Of(gap.Density)}{Of(rule.From, rule.Until)}",
        Hours hours => $"{rule.Name}: {(hours.IsQuiet ? "quiet" : "hours")} {hours.Zone}{Of(rule.From, rule.Until)} "
            + $"holidays to {hours.Calendar?.LastYear}: {string.Join(',', hours.Calendar?.Dates ?? [])}",
        _ => rule.Name,
    };

    private static string Of(Density density) =>
        $"{density.Window} {density.Zone} per [{string.Join(',', density.Counting.Per)}]"
        + (density.Counting.IsWeighted ? " weighted" : "")
        + $" counting {string.Join(',', density.Counting.Matcher.Conditions)}";

    private static string Of(NodaTime.Instant? from, NodaTime.Instant? until) => $" {from}..{until}";
}
