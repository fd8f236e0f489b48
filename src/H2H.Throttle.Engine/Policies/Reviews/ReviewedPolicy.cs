using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>A valid policy beside its document, and what was found odd about it so far.</summary>
internal sealed class ReviewedPolicy
{
    private static readonly IEqualityComparer<Rule> ReferenceComparer = ReferenceEqualityComparer.Instance;

    private readonly Findings findings = new();
    private readonly ImmutableDictionary<string, Node.Map> maps;
    private readonly Dictionary<Hours, OpenMinutes> minutes = new(ReferenceEqualityComparer.Instance);

    public ReviewedPolicy(Policy policy, Node.Map root, Instant now)
    {
        (Policy, Root, Now) = (policy, root, now);
        IEnumerable<Node> written = (root.Find("rules")?.Value as Node.List)?.Items ?? [];
        maps = written.OfType<Node.Map>().ToImmutableDictionary(static map => RulesReader.NameNode(map)!.Text);
    }

    public Policy Policy { get; }

    public Node.Map Root { get; }

    public Instant Now { get; }

    /// <summary>The rule as it is written; null if the document does not write it: a preset does.</summary>
    public Node.Map? MapOf(Rule rule) => maps.GetValueOrDefault(rule.Name);

    /// <summary>From 0, in the policy's order.</summary>
    public int PlaceOf(Rule rule) => Policy.Rules.IndexOf(rule, 0, Policy.Rules.Length, ReferenceComparer);

    /// <summary>When the rule lets contacts pass.</summary>
    public OpenMinutes OpenMinutesOf(Hours rule)
    {
        if (!minutes.TryGetValue(rule, out OpenMinutes? open))
        {
            minutes[rule] = open = new OpenMinutes(rule);
        }

        return open;
    }

    /// <summary>Reports something about a rule at its name, or nothing if the document does not write it.</summary>
    public void Report(Rule rule, Fault fault)
    {
        if (MapOf(rule) is { } map)
        {
            Report(rule, RulesReader.NameNode(map)!, fault);
        }
    }

    public void Report(Rule rule, Node at, Fault fault) => findings.In(rule.Name).Report(at, fault);

    public void Report(Node at, Fault fault) => findings.Report(at, fault);

    public ImmutableArray<PolicyWarning> ToWarnings() =>
    [
        .. findings.ToErrors().Select(static one =>
            new PolicyWarning(one.Line, one.Column, one.Rule, one.Message, one.Mend)),
    ];
}
