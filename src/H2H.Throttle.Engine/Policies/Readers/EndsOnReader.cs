using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads which outcomes and events end a consent.</summary>
internal static class EndsOnReader
{
    /// <summary>What POLICY files call the end of a consent by its revocation, beside the event itself.</summary>
    private static readonly ImmutableArray<string> Revocation = ["revoked", LedgerEvent.ConsentRevoked];

    public static ImmutableArray<string> Read(Node node, PolicyWords? words, Findings findings)
    {
        ImmutableArray<Node.Scalar> names = ValueReader.OneOrMany(node, findings);
        if (words is not null)
        {
            string[] known = [.. words.AllOutcomes.Concat(words.AllEvents).Concat(Revocation).Distinct().Order()];
            foreach (Node.Scalar name in names.Where(name => !known.Contains(name.Text)))
            {
                string mend = Nearest.To(name.Text, known) is { } nearest
                    ? $"Write `{nearest}`."
                    : "Write an outcome or an event, standard or declared by the policy.";
                findings.Report(name, new Fault(
                    $"{Quoted.Of(name.Text)} is neither an outcome nor an event.", mend));
            }
        }

        return [.. names.Select(static name => name.Text)];
    }
}
