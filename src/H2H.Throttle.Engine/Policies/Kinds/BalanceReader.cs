using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>balance</c>: of the last contacts at most so many of one kind.</summary>
internal static class BalanceReader
{
    private static readonly ImmutableArray<string> Keys = ["at_most", "of_last"];

    public static RuleKind Kind { get; } = new("balance", ["balance", "counting"], Read);

    private static Balance? Read(RuleDraft draft)
    {
        Node node = draft.Fields["balance"]!;
        Matcher kind = CountingReader.Read(draft, "counting");
        if (Fields.Of(node, "a balance", Keys, draft.Findings) is not { } fields)
        {
            return null;
        }

        if (fields["at_most"] is not { } most || fields["of_last"] is not { } row)
        {
            draft.Findings.Report(node, new Fault(
                "A balance needs `at_most` and `of_last`.", "Write `balance: { at_most: 4, of_last: 5 }`."));
            return null;
        }

        long? atMost = NumberReader.Read(most, 0, Balance.OfLastMax - 1, draft.Findings);
        long? ofLast = NumberReader.Read(row, 2, Balance.OfLastMax, draft.Findings);
        if (atMost >= ofLast)
        {
            draft.Findings.Report(most, new Fault(
                $"{atMost} of {ofLast} limits nothing.", "Write fewer in `at_most` than in `of_last`."));
            return null;
        }

        return atMost is null || ofLast is null
            ? null
            : new Balance(
                draft.Name, (int)atMost, (int)ofLast, new Counting(Matcher.Any, []), kind);
    }
}
