using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Counts what each rule of the candidate does.</summary>
internal sealed class RuleTally
{
    private readonly Dictionary<string, (Effect Effect, long Contacts, long Alone, long People)> merged =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> ofPerson = new(StringComparer.Ordinal);

    public void Add(ImmutableArray<Rule> unmet)
    {
        int denying = 0;
        foreach (Rule rule in unmet)
        {
            denying += rule.Effect is Effect.Deny ? 1 : 0;
        }

        foreach (Rule rule in unmet)
        {
            (Effect effect, long contacts, long alone, long people) =
                merged.GetValueOrDefault(rule.Name, (rule.Effect, 0, 0, 0));
            bool isAlone = rule.Effect is Effect.Deny && denying == 1;
            bool isFirst = ofPerson.Add(rule.Name);
            merged[rule.Name] = (effect, contacts + 1, alone + (isAlone ? 1 : 0), people + (isFirst ? 1 : 0));
        }
    }

    public void EndPerson() => ofPerson.Clear();

    public ImmutableArray<SimulatedRule> ToRules() =>
    [
        .. merged
            .Select(static one => new SimulatedRule(
                one.Key, one.Value.Effect, one.Value.Contacts, one.Value.Alone, one.Value.People))
            .OrderByDescending(static rule => rule.Contacts)
            .ThenBy(static rule => rule.Rule, StringComparer.Ordinal),
    ];
}
