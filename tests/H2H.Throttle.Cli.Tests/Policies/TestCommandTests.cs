using System.Text.Json.Nodes;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Policies;

public sealed class TestCommandTests : IDisposable
{
    private const string Scenarios = """
        scenario: as it is
        policy: { file: rules/day.yaml }
        person: { zone: UTC }
        defaults: { channel: email, purpose: marketing }
        steps:
          - { at: "2026-03-02T09:00:00Z", take: {}, expect: allow }
          - { at: "2026-03-02T10:00:00Z", ask: {}, expect: deny, rule: day, next: "2026-03-03T00:00:00Z" }
        ---
        scenario: as somebody would like it
        policy: { file: rules/day.yaml }
        person: { zone: UTC }
        defaults: { channel: email, purpose: marketing }
        steps:
          - { at: "2026-03-02T09:00:00Z", take: {}, expect: allow }
          - { at: "2026-03-02T10:00:00Z", take: {}, expect: allow }
        ---
        scenario: of a policy that is not there
        policy: { file: nowhere.yaml }
        steps:
          - { at: "2026-03-02T09:00:00Z", ask: { channel: email, purpose: marketing }, expect: allow }
        """;

    private const string Day = """
        policy: day
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: day, cap: 1, in: calendar day }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_failure_names_the_step_what_was_expected_and_what_came()
    {
        string file = WriteScenarios();

        Ended ended = await CommandLine.RunAsync("policy", "test", file);

        string[] lines = ended.With(exit: 1).Lines;
        Assert.Equal($"pass  as it is  {file}:1", lines[0]);
        Assert.Equal($"FAIL  as somebody would like it  {file}:9", lines[1]);
        Assert.Equal($"      {file}:15:", lines[2]);
        Assert.Equal("        expected  allow", lines[3]);
        Assert.StartsWith("        got       deny, rule day, CAP_REACHED", lines[4], StringComparison.Ordinal);
        Assert.Equal($"FAIL  of a policy that is not there  {file}:17", lines[5]);
        Assert.Contains("nowhere.yaml", lines[6], StringComparison.Ordinal);
        Assert.Equal("1 passed, 2 failed", lines[^1]);
    }

    [Fact]
    public async Task As_json_it_has_the_same_numbers()
    {
        Ended ended = await CommandLine.RunAsync("policy", "test", WriteScenarios(), "--json");

        JsonNode result = JsonNode.Parse(ended.With(exit: 1).Output)!;
        Assert.Equal((1, 2), (result["passed"]!.GetValue<int>(), result["failed"]!.GetValue<int>()));
        Assert.Equal(15, result["scenarios"]![1]!["failures"]![0]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_cases_of_this_repository_pass()
    {
        string cases = Path.Combine(BuiltProgram.Root, "tests", "cases");
        string[] excluded =
        [
            .. File.ReadAllLines(Path.Combine(cases, "excluded.txt"))
                .Where(static line => !line.StartsWith('#') && line.Contains('|', StringComparison.Ordinal))
                .Select(static line => line.Split('|')[1].Trim()),
        ];

        Ended ended = await CommandLine.RunAsync(["policy", "test", .. Directory.GetFiles(cases, "*.yaml")]);

        string[] failed =
        [
            .. ended.Lines
                .Where(static line => line.StartsWith("FAIL  ", StringComparison.Ordinal))
                .Select(static line => line[6..line.LastIndexOf("  ", StringComparison.Ordinal)]),
        ];
        int passed = ended.Lines.Count(static line => line.StartsWith("pass  ", StringComparison.Ordinal));
        Assert.Equal(excluded.Order(StringComparer.Ordinal), failed.Order(StringComparer.Ordinal));
        Assert.Equal($"{passed} passed, {failed.Length} failed", ended.With(failed.Length == 0 ? 0 : 1).Lines[^1]);
        Assert.True(passed > 50, ended.Lines[^1]);
    }

    public void Dispose() => folder.Dispose();

    private string WriteScenarios()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "rules"));
        folder.Write("rules/day.yaml", Day);
        return folder.Write("scenarios.yaml", Scenarios);
    }
}
