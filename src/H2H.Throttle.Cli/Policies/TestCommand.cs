using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy test</c>: scenarios against the same decision code that the server runs.</summary>
internal sealed class TestCommand : Command
{
    private readonly Argument<string[]> files = new("file")
    {
        Description = "Scenario files; each may hold many, parted by `---`.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> coverage = new("--coverage")
    {
        Description = "Tell of each policy which rules denied no contact in any scenario, and which never came up.",
    };

    private readonly Option<int?> coverageMin = new("--coverage-min")
    {
        Description = "Fail if fewer per cent of a policy's rules denied a contact. Implies --coverage.",
        HelpName = "percent",
    };

    private readonly Option<bool> json = new("--json") { Description = "Print every result as JSON, on one line." };

    public TestCommand()
        : base("test", "Run scenarios against policies. Needs no server; ends with `N passed, N failed`.")
    {
        coverageMin.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<int?>() is < 0 or > 100)
            {
                result.AddError("--coverage-min must be 0 to 100, per cent.");
            }
        });
        Add(files);
        Add(coverage);
        Add(coverageMin);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool isJson = parsed.GetValue(json);
        List<ScenarioOutcome> outcomes = [];
        CoverageTally tally = new();
        try
        {
            foreach (string path in parsed.GetRequiredValue(files))
            {
                await foreach (ScenarioOutcome outcome in RunAsync(path, tally, cancellation))
                {
                    outcomes.Add(outcome);
                    if (!isJson)
                    {
                        outcome.Show(Screen.Out);
                    }
                }
            }
        }
        catch (UnusableException error)
        {
            Complaint.Show(error);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        int? percentMin = parsed.GetValue(coverageMin);
        ImmutableArray<PolicyCoverage> covered = tally.ToCoverage();
        int failed = outcomes.Count(static outcome => !outcome.Passed);
        bool isCovered = parsed.GetValue(coverage) || percentMin is not null;
        Show(outcomes, failed, isCovered ? covered : null, percentMin, isJson);
        return failed == 0 && covered.All(policy => !(policy.Percent < percentMin)) ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Show(
        List<ScenarioOutcome> outcomes,
        int failed,
        ImmutableArray<PolicyCoverage>? covered,
        int? percentMin,
        bool isJson)
    {
        int passed = outcomes.Count - failed;
        if (isJson)
        {
            object answer = covered is null
                ? new { passed, failed, scenarios = outcomes }
                : new { passed, failed, scenarios = outcomes, coverage = covered };
            Screen.Out.PrintJson(answer);
            return;
        }

        foreach (PolicyCoverage policy in covered ?? [])
        {
            CoverageView.Show(Screen.Out, policy, percentMin);
        }

        Screen.Out.Line($"{passed} passed, {failed} failed");
    }

    private static async IAsyncEnumerable<ScenarioOutcome> RunAsync(
        string path,
        CoverageTally tally,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string text = await DocumentFile.ReadAsync(path, cancellation);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (ScenarioReading reading in ScenarioReader.Read(text, policy => ReadPolicy(folder, policy)))
        {
            ScenarioResult result = await ScenarioRunner.RunAsync(reading, new DeciderSubject(tally), cancellation);
            yield return ScenarioOutcome.Of(path, result);
        }
    }

    /// <summary>A policy's path is as seen from the file that names it. Null: it cannot be read.</summary>
    private static string? ReadPolicy(string folder, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
