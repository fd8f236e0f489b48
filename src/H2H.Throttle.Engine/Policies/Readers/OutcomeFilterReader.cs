using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>
/// Reads <c>counts</c> and <c>outcomes</c> of a cap: which contacts still count once their outcome is known.
/// </summary>
internal static class OutcomeFilterReader
{
    private static readonly ImmutableArray<string> Keys = ["except", "only"];

    public static OutcomeFilter Read(RuleDraft draft)
    {
        OutcomeFilter counts = draft.Fields["counts"] is { } word ? ReadCounts(word, draft.Findings)
            : OutcomeFilter.Attempted;
        return draft.Fields["outcomes"] is { } list ? counts.And(ReadOutcomes(list, draft)) : counts;
    }

    private static OutcomeFilter ReadCounts(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return OutcomeFilter.Attempted;
        }

        switch (text.Text)
        {
            case "attempted":
                return OutcomeFilter.Attempted;
            case "delivered":
                return OutcomeFilter.Delivered;
            case "connected":
                return OutcomeFilter.Connected;
            default:
                findings.Report(node, new Fault(
                    $"{Quoted.Of(text.Text)} does not say what counts.",
                        "Write `attempted`, `delivered` or `connected`."));
                return OutcomeFilter.Attempted;
        }
    }

    private static OutcomeFilter ReadOutcomes(Node node, RuleDraft draft)
    {
        if (Fields.Of(node, "`outcomes`", Keys, draft.Findings) is not { } fields)
        {
            return OutcomeFilter.Attempted;
        }

        (Node? except, Node? only) = (fields["except"], fields["only"]);
        if (except is null == only is null)
        {
            if (!fields.HasUnknown)
            {
                draft.Findings.Report(node, new Fault(
                    "`outcomes` says one thing, `except` or `only`.", "Write `outcomes: { except: [busy] }`."));
            }

            return OutcomeFilter.Attempted;
        }

        ImmutableArray<Node.Scalar> names = ValueReader.OneOrMany((except ?? only)!, draft.Findings);
        foreach (Node.Scalar name in names)
        {
            NamesReader.IsDeclared(name, "outcome", draft.Words.AllOutcomes, draft.Findings);
        }

        ImmutableHashSet<string> outcomes =
        [
            .. draft.Words.AllOutcomes.Where(
                outcome => names.Any(name => new Glob(name.Text).Matches(outcome))),
        ];
        return except is not null ? OutcomeFilter.Except(outcomes) : OutcomeFilter.Only(outcomes);
    }
}
