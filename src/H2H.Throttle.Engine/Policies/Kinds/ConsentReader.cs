using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>consent</c>: no contact without one.</summary>
internal static class ConsentReader
{
    private static readonly ImmutableArray<string> Keys = ["opt_in", .. ConsentTermsReader.TermKeys];

    public static RuleKind Kind { get; } = new("consent", ["consent"], Read);

    private static ConsentNeeded? Read(RuleDraft draft)
    {
        Node node = draft.Fields["consent"]!;
        if (Fields.Of(node, "a consent", Keys, draft.Findings) is not { } fields)
        {
            return null;
        }

        if (fields["opt_in"] is not { } named)
        {
            if (!fields.HasUnknown)
            {
                draft.Findings.Report(node, new Fault(
                    "The rule does not say which consent it needs.",
                    "Write `consent: { opt_in: calls }`, where `calls` is what GrantConsent names it."));
            }

            return null;
        }

        return ConsentTermsReader.Read(named, fields, draft.Words, draft.Findings) is { } consent
            ? new ConsentNeeded(draft.Name, consent)
            : null;
    }
}
