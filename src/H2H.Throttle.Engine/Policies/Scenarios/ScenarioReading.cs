using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What one document of a scenario file says.</summary>
/// <param name="Name">Of the scenario; null if it cannot be read.</param>
/// <param name="Line">Where it starts, from 1.</param>
public abstract record ScenarioReading(string? Name, int Line)
{
    /// <summary>It can be run.</summary>
    public sealed record Ready(Scenario Scenario) : ScenarioReading(Scenario.Name, Scenario.Line);

    /// <summary>It cannot be run: it has mistakes, or needs what this version does not do.</summary>
    /// <param name="Name">Of the scenario; null if it cannot be read.</param>
    /// <param name="Line">Where it starts.</param>
    /// <param name="Errors">In the order of the document. Never empty.</param>
    public sealed record Unready(string? Name, int Line, ImmutableArray<PolicyError> Errors)
        : ScenarioReading(Name, Line);
}
