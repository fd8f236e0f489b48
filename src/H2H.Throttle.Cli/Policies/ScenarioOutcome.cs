using System.Collections.Immutable;
using System.Diagnostics;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Cli.Policies;

/// <summary>What came of one scenario, and where it stands.</summary>
/// <param name="File">Its path, as the user wrote it.</param>
/// <param name="Line">Where it starts.</param>
/// <param name="Scenario">Its name; null if it cannot be read.</param>
/// <param name="Passed">Every step was answered as expected.</param>
/// <param name="Failures">The steps that were not.</param>
/// <param name="Errors">Why it could not be run at all.</param>
internal sealed record ScenarioOutcome(
    string File,
    int Line,
    string? Scenario,
    bool Passed,
    ImmutableArray<ScenarioFailure> Failures,
    ImmutableArray<PolicyError> Errors)
{
    public static ScenarioOutcome Of(string file, ScenarioResult result) => result switch
    {
        ScenarioResult.Passed => new(file, result.Line, result.Name, true, [], []),
        ScenarioResult.Failed failed => new(file, result.Line, result.Name, false, failed.Failures, []),
        ScenarioResult.CannotRun cannot => new(file, result.Line, result.Name, false, [], cannot.Errors),
        _ => throw new UnreachableException(),
    };

    public void Show(Screen screen)
    {
        string name = Scenario ?? "(without a name)";
        if (Passed)
        {
            screen.Line($"[green]pass[/]  {name}  [dim]{File}:{Line}[/]");
            return;
        }

        screen.Line($"[red]FAIL[/]  [bold]{name}[/]  [dim]{File}:{Line}[/]");
        foreach (ScenarioFailure failure in Failures)
        {
            screen.Line($"      {File}:{failure.Line}:");
            screen.Line($"        expected  {failure.Expected}");
            screen.Line($"        got       {failure.Got}");
        }

        foreach (PolicyError error in Errors)
        {
            string rule = error.Rule is null ? "" : $"rule {error.Rule}: ";
            screen.Line($"      {File}:{error.Line}:{error.Column}: cannot run: {rule}{error.Message} {error.Mend}");
        }
    }
}
