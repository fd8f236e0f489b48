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
    public async Task Coverage_tells_which_rules_no_scenario_tried_and_fails_only_below_what_is_wanted()
    {
        string file = folder.Write("coverage.yaml", """
            scenario: one of three
            policy:
              inline:
                policy: shop
                channels: [email, sms]
                purposes: { marketing: {} }
                rules:
                  - { name: day, cap: 1, in: rolling 24h }
                  - { name: week, cap: 9, in: rolling 7d }
                  - { name: sms, when: { channel: sms }, cap: blocked }
            defaults: { channel: email, purpose: marketing }
            steps:
              - { at: "2026-03-02T09:00:00Z", take: {}, expect: allow }
              - { at: "2026-03-02T10:00:00Z", ask: {}, expect: deny, rule: day }
            """);

        Ended told = await CommandLine.RunAsync("policy", "test", file, "--coverage");
        Ended enough = await CommandLine.RunAsync("policy", "test", file, "--coverage-min", "33");
        Ended tooLittle = await CommandLine.RunAsync("policy", "test", file, "--coverage-min", "34");
        Ended json = await CommandLine.RunAsync("policy", "test", file, "--coverage", "--json");
        Ended wrong = await CommandLine.RunAsync("policy", "test", file, "--coverage-min", "101");

        string[] expected =
        [
            "coverage  shop (inline in one of three): 1 of 3 rules denied a contact, 33 %",
            "          week: came up 2 times, denied nothing",
            "          sms: never came up",
            "1 passed, 0 failed",
        ];
        Assert.Equal(expected, told.With(exit: 0).Lines[1..]);
        Assert.Equal(expected, enough.With(exit: 0).Lines[1..]);
        Assert.Equal($"{expected[0]}, 34 % are wanted", tooLittle.With(exit: 1).Lines[1]);
        JsonNode policy = JsonNode.Parse(json.With(exit: 0).Output)!["coverage"]![0]!;
        Assert.Equal(33, policy["percent"]!.GetValue<int>());
        Assert.Equal(
            ["day 2 1", "week 2 0", "sms 0 0"],
            policy["rules"]!.AsArray().Select(static rule => $"{rule!["rule"]} {rule["governed"]} {rule["denied"]}"));
        wrong.With(exit: 2).Complains("0 to 100");
    }

    [Fact]
    public async Task Coverage_of_a_policy_without_rules_is_no_number()
    {
        string file = folder.Write("bare.yaml", """
            scenario: a person says no
            policy: { inline: { policy: bare, channels: [email], purposes: { marketing: {} }, rules: [] } }
            defaults: { channel: email, purpose: marketing }
            steps:
              - { at: "2026-03-02T09:00:00Z", ask: {}, expect: allow }
              - { at: "2026-03-02T10:00:00Z", person: { opt_out: {} } }
              - { at: "2026-03-02T11:00:00Z", ask: {}, expect: deny, code: OPTED_OUT }
            """);

        Ended told = await CommandLine.RunAsync("policy", "test", file, "--coverage-min", "100");
        Ended json = await CommandLine.RunAsync("policy", "test", file, "--coverage", "--json");

        Assert.Equal("coverage  bare (inline in a person says no): it has no rules", told.With(exit: 0).Lines[1]);
        Assert.Null(JsonNode.Parse(json.With(exit: 0).Output)!["coverage"]![0]!["percent"]);
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
