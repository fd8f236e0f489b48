using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>What came of running a scenario.</summary>
/// <param name="Name">Of the scenario; null if it cannot be read.</param>
/// <param name="Line">Where it starts in its file, from 1.</param>
public abstract record ScenarioResult(string? Name, int Line)
{
    /// <summary>Every step was answered as expected.</summary>
    public sealed record Passed(string? Name, int Line) : ScenarioResult(Name, Line);

    /// <param name="Name">Of the scenario.</param>
    /// <param name="Line">Where it starts.</param>
    /// <param name="Failures">Each step that was not answered as expected, in order. Never empty.</param>
    public sealed record Failed(string? Name, int Line, ImmutableArray<ScenarioFailure> Failures)
        : ScenarioResult(Name, Line);

    /// <summary>It could not be run, which is no better than to fail.</summary>
    /// <param name="Name">Of the scenario; null if it cannot be read.</param>
    /// <param name="Line">Where it starts.</param>
    /// <param name="Errors">Why. Never empty.</param>
    public sealed record CannotRun(string? Name, int Line, ImmutableArray<PolicyError> Errors)
        : ScenarioResult(Name, Line);
}
