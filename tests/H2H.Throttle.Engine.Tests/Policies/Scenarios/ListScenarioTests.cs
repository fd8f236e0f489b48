using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Testing.Cases;

namespace H2H.Throttle.Engine.Tests.Policies.Scenarios;

public sealed class ListScenarioTests
{
    [Fact]
    public Task Lists_hold_from_the_start_of_a_scenario_until_a_newer_copy_is_loaded() => CaseAssert.PassesAsync(
        ScenarioReader.Read(
            """
            scenario: the registry
            policy:
              inline:
                channels: [phone, email]
                purposes: { marketing: {} }
                rules:
                  - name: registry
                    when: { channel: phone }
                    list: { name: us-national-dnc, max_age: 31 days }
            person: { zone: America/New_York }
            lists: [ { name: us-national-dnc, as_of: 2026-03-01, holds: ["+12025550100"] } ]
            defaults: { channel: phone, purpose: marketing }
            steps:
              - { at: "2026-03-09T10:00:00-04:00", ask: { address: "+12025550100" },
                  expect: deny, rule: registry, code: LISTED, next: never }
              - { at: "2026-04-01T10:00:00-04:00", ask: { address: "+12025550199" }, expect: allow }
              - { at: "2026-04-02T10:00:00-04:00", ask: { address: "+12025550199" },
                  expect: deny, rule: registry, code: LIST_STALE, next: never }
              - { at: "2026-04-02T11:00:00-04:00",
                  list: { name: us-national-dnc, as_of: 2026-04-02, holds: ["+12025550199"] } }
              - { at: "2026-04-02T12:00:00-04:00", ask: { address: "+12025550199" },
                  expect: deny, rule: registry, code: LISTED }
              - { at: "2026-04-02T12:00:00-04:00", ask: { address: "+12025550100" }, expect: allow }
              - { at: "2026-04-02T12:00:00-04:00", ask: {}, expect: deny, code: ADDRESS_MISSING }
            """,
            static _ => null).Single(),
        new DeciderSubject(),
        TestContext.Current.CancellationToken);
}
