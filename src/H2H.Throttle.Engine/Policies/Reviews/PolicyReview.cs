using System.Collections.Immutable;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>A policy document, read and thought through.</summary>
/// <param name="Reading">The policy, or its mistakes.</param>
/// <param name="Warnings">In the order of the document; empty if it has mistakes.</param>
public sealed record PolicyReview(PolicyReading Reading, ImmutableArray<PolicyWarning> Warnings)
{
    /// <summary>The most keys and values that rules may hold together for their warnings to be looked for.</summary>
    public const int RuleNodesMax = 20_000;

    private static readonly ImmutableArray<Action<ReviewedPolicy>> Checks =
    [
        BeatenRules.Check,
        FinishedRules.Check,
        EndingCalendars.Check,
        IdleParts.Check,
        IdleLimits.Check,
        LooseWords.Check,
        UnreachedCaps.Check,
        ClosedEverywhere.Check,
    ];

    /// <summary>Reads a document and looks for what is odd about it. Never throws.</summary>
    /// <param name="document">YAML.</param>
    /// <param name="now">Tells which rules are over.</param>
    public static PolicyReview Of(string document, Instant now)
    {
        PolicyReading reading = PolicyParser.Read(document);
        if (reading is not PolicyReading.Valid { Policy: { } policy }
            || DocumentReader.ReadOne(document, new Findings()) is not Node.Map root)
        {
            return new PolicyReview(reading, []);
        }

        ReviewedPolicy reviewed = new(policy, root, now);
        if (root.Find("rules") is { Value.Size: > RuleNodesMax } rules)
        {
            reviewed.Report(rules.Key, new Fault(
                $"The rules are too many to be held against each other: over {RuleNodesMax} keys and values.",
                "Publish them as they are, or write fewer, with `*` globs, to be warned of rules that do nothing."));
        }
        else
        {
            foreach (Action<ReviewedPolicy> check in Checks)
            {
                check(reviewed);
            }
        }

        return new PolicyReview(reading, reviewed.ToWarnings());
    }
}
