using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Wire;
using SimulatedBar = H2H.Throttle.Engine.Simulations.SimulatedBar;
using SimulatedGroup = H2H.Throttle.Engine.Simulations.SimulatedGroup;
using SimulatedRule = H2H.Throttle.Engine.Simulations.SimulatedRule;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>Reads a server's simulation, so that it looks like one that was made here.</summary>
internal static class ReportRead
{
    private const double Percent = 100;

    public static SimulationReport From(Simulation simulation) => new()
    {
        Candidate = simulation.Candidate,
        Baseline = simulation.Baseline,
        Sample = simulation.SamplePercent / Percent,
        First = simulation.First is { } first ? Moments.Read(first) : null,
        Last = simulation.Last is { } last ? Moments.Read(last) : null,
        People = simulation.People,
        PeopleContacted = simulation.PeopleContacted,
        PeopleAffected = simulation.PeopleAffected,
        PeopleUnreadable = simulation.PeopleUnreadable,
        Contacts = simulation.Contacts,
        Refused = simulation.Refused,
        NewlyRefused = simulation.NewlyRefused,
        NewlyAllowed = simulation.NewlyAllowed,
        RefusedMargin = simulation.RefusedMargin,
        PeopleAffectedMargin = simulation.PeopleAffectedMargin,
        RefusedShareMargin = simulation.RefusedPercentMargin / Percent,
        Rules = [.. simulation.Rules.Select(static rule => new SimulatedRule(
            rule.Rule, EffectOf(rule.Effect), rule.Contacts, rule.Alone, rule.People))],
        Channels = Groups(simulation.Channels),
        Brands = Groups(simulation.Brands),
        Purposes = Groups(simulation.Purposes),
        Weeks = Groups(simulation.Weeks),
        PerPerson = Bars(simulation.PerPerson),
        PerBusiestWeek = Bars(simulation.PerBusiestWeek),
        Limits = [.. simulation.Limits],
    };

    private static ImmutableArray<SimulatedGroup> Groups(IEnumerable<Wire.SimulatedGroup> groups) =>
    [
        .. groups.Select(static group => new SimulatedGroup(
            group.Name, group.Contacts, group.Refused, group.NewlyRefused, group.NewlyAllowed)),
    ];

    private static ImmutableArray<SimulatedBar> Bars(IEnumerable<Wire.SimulatedBar> bars) =>
    [
        .. bars.Select(static bar => new SimulatedBar(
            bar.From, bar.To == 0 && bar.From > 0 ? null : bar.To, bar.Before, bar.After)),
    ];

    private static Effect EffectOf(RuleEffect effect) => effect switch
    {
        RuleEffect.Deny => Effect.Deny,
        RuleEffect.Warn => Effect.Warn,
        RuleEffect.Observe => Effect.Observe,
        _ => throw new UnreachableException(),
    };
}
