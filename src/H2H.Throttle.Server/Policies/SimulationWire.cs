using System.Diagnostics;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using SimulatedBar = H2H.Throttle.Wire.SimulatedBar;
using SimulatedGroup = H2H.Throttle.Wire.SimulatedGroup;
using SimulatedRule = H2H.Throttle.Wire.SimulatedRule;

namespace H2H.Throttle.Server.Policies;

/// <summary>Simulations on the wire.</summary>
internal static class SimulationWire
{
    private const double Percent = 100;

    public static Wire.SimulationProgress Write(Engine.Simulations.SimulationProgress progress) => new()
    {
        People = progress.People,
        Contacts = progress.Contacts,
        Refused = progress.Refused,
        Percent = Percent * progress.Share,
    };

    public static Simulation Write(SimulationReport report)
    {
        Simulation written = new()
        {
            Candidate = report.Candidate,
            Baseline = report.Baseline,
            SamplePercent = Percent * report.Sample,
            First = TimeWire.WriteOrNull(report.First),
            Last = TimeWire.WriteOrNull(report.Last),
            People = report.People,
            PeopleContacted = report.PeopleContacted,
            PeopleAffected = report.PeopleAffected,
            PeopleUnreadable = report.PeopleUnreadable,
            Contacts = report.Contacts,
            Refused = report.Refused,
            NewlyRefused = report.NewlyRefused,
            NewlyAllowed = report.NewlyAllowed,
            RefusedMargin = report.RefusedMargin,
            PeopleAffectedMargin = report.PeopleAffectedMargin,
            RefusedPercentMargin = Percent * report.RefusedShareMargin,
        };
        written.Rules.AddRange(report.Rules.Select(static rule => new SimulatedRule
        {
            Rule = rule.Rule,
            Effect = Write(rule.Effect),
            Contacts = rule.Contacts,
            Alone = rule.Alone,
            People = rule.People,
        }));
        written.Channels.AddRange(report.Channels.Select(Write));
        written.Brands.AddRange(report.Brands.Select(Write));
        written.Purposes.AddRange(report.Purposes.Select(Write));
        written.Weeks.AddRange(report.Weeks.Select(Write));
        written.PerPerson.AddRange(report.PerPerson.Select(Write));
        written.PerBusiestWeek.AddRange(report.PerBusiestWeek.Select(Write));
        written.Limits.AddRange(report.Limits);
        return written;
    }

    public static RuleEffect Write(Effect effect) => effect switch
    {
        Effect.Deny => RuleEffect.Deny,
        Effect.Warn => RuleEffect.Warn,
        Effect.Observe => RuleEffect.Observe,
        _ => throw new UnreachableException(),
    };

    private static SimulatedGroup Write(Engine.Simulations.SimulatedGroup group) => new()
    {
        Name = group.Name,
        Contacts = group.Contacts,
        Refused = group.Refused,
        NewlyRefused = group.NewlyRefused,
        NewlyAllowed = group.NewlyAllowed,
    };

    private static SimulatedBar Write(Engine.Simulations.SimulatedBar bar) => new()
    {
        From = bar.From,
        To = bar.To ?? 0,
        Before = bar.Before,
        After = bar.After,
    };
}
