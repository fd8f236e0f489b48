using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Testing.Cases;

/// <summary>Runs a case against a subject and shows each step that went wrong.</summary>
public static class CaseAssert
{
    public static async Task PassesAsync(
        ScenarioReading reading, IScenarioSubject subject, CancellationToken cancellation) =>
        Assert.Equal("passed", Describe(await ScenarioRunner.RunAsync(reading, subject, cancellation)));

    public static async Task DoesNotPassAsync(
        ScenarioReading reading, IScenarioSubject subject, CancellationToken cancellation) =>
        Assert.NotEqual("passed", Describe(await ScenarioRunner.RunAsync(reading, subject, cancellation)));

    private static string Describe(ScenarioResult result) => result switch
    {
        ScenarioResult.Failed failed => string.Join('\n', failed.Failures.Select(
            static failure => $"line {failure.Line}: expected {failure.Expected}; got {failure.Got}")),
        ScenarioResult.CannotRun cannotRun => "cannot run: " + string.Join('\n', cannotRun.Errors),
        _ => "passed",
    };
}
