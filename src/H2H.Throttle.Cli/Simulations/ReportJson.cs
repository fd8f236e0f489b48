using H2H.Throttle.Engine.Simulations;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>A report for programs: the same keys wherever it was made.</summary>
internal static class ReportJson
{
    public static object Of(SimulationReport report) => new
    {
        report.Candidate,
        report.Baseline,
        SamplePercent = 100 * report.Sample,
        First = report.First is { } first ? InstantPattern.ExtendedIso.Format(first) : null,
        Last = report.Last is { } last ? InstantPattern.ExtendedIso.Format(last) : null,
        report.People,
        report.PeopleContacted,
        report.PeopleAffected,
        report.PeopleUnreadable,
        report.Contacts,
        report.Allowed,
        report.Refused,
        report.NewlyRefused,
        report.NewlyAllowed,
        report.RefusedMargin,
        report.PeopleAffectedMargin,
        RefusedPercentMargin = 100 * report.RefusedShareMargin,
        Rules = report.Rules.Select(static rule => new
        {
            rule.Rule, Effect = rule.Effect.ToString().ToLowerInvariant(), rule.Contacts, rule.Alone, rule.People,
        }),
        report.Channels,
        report.Brands,
        report.Purposes,
        report.Weeks,
        report.PerPerson,
        report.PerBusiestWeek,
        report.Limits,
    };
}
