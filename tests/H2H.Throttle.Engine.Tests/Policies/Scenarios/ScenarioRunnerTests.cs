using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Scenarios;

namespace H2H.Throttle.Engine.Tests.Policies.Scenarios;

public sealed class ScenarioRunnerTests
{
    private const string Policy =
        "channels: [email]\npurposes: { marketing: {} }\nrules: [ { name: day, cap: 1, in: rolling 24h } ]\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_that_is_answered_otherwise_is_told_with_its_line_and_the_rest_is_run_all_the_same()
    {
        ScenarioResult result = await RunAsync(
            """
              - { at: 2026-03-02T09:00:00Z, take: {}, expect: deny }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: allow }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: deny, rule: day, code: TOO_SOON }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: deny, rule: opt-out }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: deny, next: 2026-03-03T09:00:01Z }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: deny, next: never }
              - { at: 2026-03-02T10:00:00Z, ask: {}, expect: deny, rule: day, next: 2026-03-03T09:00:00Z }
            """);

        const string Got = "deny, rule day, CAP_REACHED, next 2026-03-03T09:00:00Z";
        Assert.Equal(
            [
                new ScenarioFailure(5, "deny", "allow"),
                new ScenarioFailure(6, "allow", Got),
                new ScenarioFailure(7, "deny, rule day, TOO_SOON", Got),
                new ScenarioFailure(8, "deny, rule opt-out", Got),
                new ScenarioFailure(9, "deny, next 2026-03-03T09:00:01Z", Got),
                new ScenarioFailure(10, "deny, next never", Got),
            ],
            Assert.IsType<ScenarioResult.Failed>(result).Failures);
    }

    [Fact]
    public async Task Scenario_that_cannot_be_run_is_not_passed()
    {
        ScenarioResult result = await RunAsync("  - { at: 2026-03-02T09:00:00Z, ask: {} }");

        ScenarioResult.CannotRun cannotRun = Assert.IsType<ScenarioResult.CannotRun>(result);
        Assert.Equal(("told", 1), (cannotRun.Name, cannotRun.Line));
        Assert.Equal(5, Assert.Single(cannotRun.Errors).Line);
    }

    [Fact]
    public async Task Subject_forgets_one_scenario_before_the_next()
    {
        ImmutableArray<ScenarioReading> readings = Read("  - { at: 2026-03-02T09:00:00Z, take: {}, expect: allow }");
        DeciderSubject subject = new();

        await ScenarioRunner.RunAsync(readings[0], subject, Cancellation);

        Assert.IsType<ScenarioResult.Passed>(await ScenarioRunner.RunAsync(readings[0], subject, Cancellation));
    }

    [Fact]
    public void Policy_of_a_scenario_keeps_the_text_it_was_read_from()
    {
        Scenario scenario = Assert.IsType<ScenarioReading.Ready>(
            Read("  - { at: 2026-03-02T09:00:00Z, ask: {}, expect: allow }").Single()).Scenario;

        Assert.Equal(Policy, scenario.Document);
    }

    [Fact]
    public void Policy_that_stands_in_a_scenario_is_written_out_as_a_document_of_its_own()
    {
        ImmutableArray<ScenarioReading> readings = ScenarioReader.Read(
            """
            scenario: inline
            policy:
              inline:
                channels: [email, "no"]
                purposes: { marketing: , "null": { capped: false } }
                rules:
                  - { name: "a \"b\" é", when: &mail { channel: email }, cap: "3", in: PT24H }
                  - { name: "null", gap: 1h, when: *mail, quiet: }
            steps: []
            ---
            scenario: inline
            policy:
              inline:
                channels: [email, "no"]
                purposes: { marketing: , "null": { capped: false } }
                rules:
                  - { name: "a \"b\" é", when: &mail { channel: email }, cap: "3", in: PT24H }
                  - { name: "null", gap: 1h, when: *mail }
            steps: [ { at: 2026-03-02T09:00:00Z, ask: { channel: "no", purpose: "null" }, expect: allow } ]
            """,
            static _ => null);

        Scenario scenario = Assert.IsType<ScenarioReading.Ready>(readings[1]).Scenario;
        PolicyReading.Valid again = Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(scenario.Document));

        Assert.IsType<ScenarioReading.Unready>(readings[0]);
        Assert.Equal(["email", "no"], again.Policy.Channels);
        Assert.Equal(["marketing", "null"], again.Policy.Purposes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a \"b\" é", "null"], again.Policy.Rules.Select(static rule => rule.Name));
        Assert.All(again.Policy.Rules, static rule => Assert.Single(rule.When.Conditions));
    }

    private static async Task<ScenarioResult> RunAsync(string steps) =>
        await ScenarioRunner.RunAsync(Read(steps).Single(), new DeciderSubject(), Cancellation);

    private static ImmutableArray<ScenarioReading> Read(string steps) => ScenarioReader.Read(
        $$"""
        scenario: told
        policy: { file: day.yaml }
        defaults: { channel: email, purpose: marketing }
        steps:
        {{steps}}
        """,
        static path => path is "day.yaml" ? Policy : null);
}
