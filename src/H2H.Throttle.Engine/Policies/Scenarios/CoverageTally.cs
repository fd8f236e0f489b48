using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Notes which rules came up while scenarios ran. Policies with the same document are one.</summary>
public sealed class CoverageTally
{
    private readonly Dictionary<string, Dictionary<string, (int Governed, int Denied)>> policies = [];
    private readonly List<Scenario> firsts = [];
    private Dictionary<string, (int Governed, int Denied)> rules = [];

    /// <summary>A scenario starts; what is noted from now on is about its policy.</summary>
    public void Begin(Scenario scenario)
    {
        if (!policies.TryGetValue(scenario.Document, out Dictionary<string, (int Governed, int Denied)>? known))
        {
            known = scenario.Policy.Rules.ToDictionary(static rule => rule.Name, static _ => (0, 0));
            policies[scenario.Document] = known;
            firsts.Add(scenario);
        }

        rules = known;
    }

    /// <param name="governing">The rules that the contact came under.</param>
    /// <param name="answer">What was answered. A rule that warns or observes denies by being among the reasons.</param>
    public void Note(ImmutableArray<Rule> governing, ScenarioAnswer answer)
    {
        foreach (string name in governing.Select(static rule => rule.Name))
        {
            (int governed, int denied) = rules[name];
            bool denies = answer.Reasons.Any(reason =>
                reason.Rule == name && reason.Code is not ReasonCode.CalendarUnknown);
            rules[name] = (governed + 1, denied + (denies ? 1 : 0));
        }
    }

    /// <summary>In the order in which policies first came.</summary>
    public ImmutableArray<PolicyCoverage> ToCoverage() =>
    [
        .. firsts.Select(scenario => new PolicyCoverage(
            scenario.Policy.Name,
            scenario.PolicyFile,
            scenario.Name,
            [
                .. policies[scenario.Document].Select(static rule =>
                    new RuleCoverage(rule.Key, rule.Value.Governed, rule.Value.Denied)),
            ])),
    ];
}
