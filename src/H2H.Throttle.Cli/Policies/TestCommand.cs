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

    private readonly Option<bool> json = new("--json") { Description = "Print every result as JSON, on one line." };

    public TestCommand()
        : base("test", "Run scenarios against policies. Needs no server; ends with `N passed, N failed`.")
    {
        Add(files);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool isJson = parsed.GetValue(json);
        List<ScenarioOutcome> outcomes = [];
        try
        {
            foreach (string path in parsed.GetRequiredValue(files))
            {
                await foreach (ScenarioOutcome outcome in RunAsync(path, cancellation))
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

        int failed = outcomes.Count(static outcome => !outcome.Passed);
        if (isJson)
        {
            Screen.Out.PrintJson(new { passed = outcomes.Count - failed, failed, scenarios = outcomes });
        }
        else
        {
            Screen.Out.Line($"{outcomes.Count - failed} passed, {failed} failed");
        }

        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async IAsyncEnumerable<ScenarioOutcome> RunAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string text = await DocumentFile.ReadAsync(path, cancellation);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (ScenarioReading reading in ScenarioReader.Read(text, policy => ReadPolicy(folder, policy)))
        {
            ScenarioResult result = await ScenarioRunner.RunAsync(reading, new DeciderSubject(), cancellation);
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
