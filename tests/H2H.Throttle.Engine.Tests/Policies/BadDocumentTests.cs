using System.Text.RegularExpressions;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Tests.Policies.Reviews;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Policies;

public sealed partial class BadDocumentTests
{
    public static TheoryData<string> Policies() => [.. BadDocument.Policies];

    public static TheoryData<string> Scenarios() => [.. BadDocument.Scenarios];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Bad_policy_produces_exactly_the_errors_it_names(string file)
    {
        BadDocument document = BadDocument.Policy(file);

        Assert.NotEmpty(document.Expected);
        Assert.Equal(document.Expected, BadDocument.ErrorsOfPolicy(document.Text));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Bad_scenario_produces_exactly_the_errors_it_names(string file)
    {
        BadDocument document = BadDocument.Scenario(file);

        Assert.NotEmpty(document.Expected);
        Assert.Equal(document.Expected, BadDocument.ErrorsOfScenarios(document.Text));
    }

    [Fact]
    public void Every_message_that_the_readers_can_give_is_tried()
    {
        PolicyError[] tried =
        [
            .. BadDocument.Policies.SelectMany(static file => BadDocument.Policy(file).Expected),
            .. BadDocument.Scenarios.SelectMany(static file => BadDocument.Scenario(file).Expected),
            .. LargeDocuments.All.SelectMany(static document => document.Errors()),
            .. OddDocument.All.Select(OddDocument.Find).Append(OddDocument.OfTooManyRules)
                .SelectMany(static document => document.Expected).Select(static odd =>
                    new PolicyError(odd.Line, odd.Column, odd.Rule, odd.Message, odd.Mend)),
        ];
        IEnumerable<string> sources = Directory.EnumerateFiles(
            RepositoryFolder.Of("src", "H2H.Throttle.Engine", "Policies"), "*.cs", SearchOption.AllDirectories);

        string[] untried =
        [
            .. sources.SelectMany(static path => MessagesIn(path))
                .Where(message => !tried.Any(PatternOf(message.Text)))
                .Select(static message => $"{message.File}: {message.Text}"),
        ];

        Assert.Empty(untried);
    }

    private static IEnumerable<(string File, string Text)> MessagesIn(string path)
    {
        string source = File.ReadAllText(path);
        MatchCollection messages = Message().Matches(source);
        Assert.True(
            FaultMade().Count(source) == messages.Count,
            $"{path}: each `new Fault(` takes its message as a literal, so that this test can find it.");
        return messages.Select(match => (Path.GetFileName(path), match.Groups["text"].Value));
    }

    private static Func<PolicyError, bool> PatternOf(string message)
    {
        string text = Regex.Escape(message.Replace("\\\"", "\"", StringComparison.Ordinal));
        Regex pattern = new($"^{Hole().Replace(text, ".+")}$");
        return error => pattern.IsMatch(error.Message);
    }

    [GeneratedRegex(@"new Fault\(")]
    private static partial Regex FaultMade();

    [GeneratedRegex("""new Fault\(\s*\$?"(?<text>(?:[^"\\]|\\.)*)"\s*,""")]
    private static partial Regex Message();

    [GeneratedRegex(@"\\\{[^}]*\}")]
    private static partial Regex Hole();
}
