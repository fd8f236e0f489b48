using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>Reads the consents of a scenario.</summary>
internal static class ConsentStepReader
{
    private static readonly ImmutableArray<string> Keys =
        ["name", "from", "until", "ends_on", "proof", "channel", "purpose", "topic", "brand"];

    public static PersonChange.Consent? Read(Node node, PolicyWords? words, Findings findings)
    {
        if (Fields.Of(node, "a person's consent", Keys, findings) is not { } fields)
        {
            return null;
        }

        if (fields["name"] is not { } named)
        {
            findings.Report(node, new Fault(
                "The consent has no name.", "Write `consent: { name: calls }`, as the policy's rules call it."));
            return null;
        }

        Instant? from = fields["from"] is { } start ? MomentReader.Read(start, words?.Zone, findings) : null;
        Instant? until = fields["until"] is { } end ? MomentReader.Read(end, words?.Zone, findings) : null;
        if (from >= until)
        {
            findings.Report(fields["until"]!, new Fault(
                "The consent is never in force: its `until` is not after its `from`.",
                "`until` is the first moment at which it no longer is."));
        }

        string? proof = fields["proof"] is { } shown
            && ValueReader.TryText(shown, RequestBounds.ProofLengthMax, findings, out Node.Scalar? text)
                ? text.Text
                : null;
        return NameReader.Read(named, GivenConsent.NameLengthMax, findings) is not { } name
            ? null
            : new PersonChange.Consent(new ConsentDraft(name)
            {
                Scope = PersonChangeReader.ScopeOf(fields, findings),
                StartsAt = from,
                Until = until,
                EndsOn = fields["ends_on"] is { } ends ? EndsOnReader.Read(ends, words, findings) : [],
                Proof = proof,
            });
    }
}
