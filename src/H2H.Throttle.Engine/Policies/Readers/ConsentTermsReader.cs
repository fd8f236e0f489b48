using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>
/// Reads which consent a rule honours: its name, or <c>{ name: calls, lasts: 7 days, ends_on: conversation }</c>.
/// </summary>
internal static class ConsentTermsReader
{
    private static readonly ImmutableArray<string> Keys = ["name", .. TermKeys];

    /// <summary>What can be said of a consent beside its name.</summary>
    public static ImmutableArray<string> TermKeys => ["lasts", "ends_on"];

    /// <summary>Null if it cannot be read.</summary>
    public static ConsentTerms? Read(Node node, PolicyWords words, Findings findings)
    {
        if (node is not Node.Map)
        {
            return Named(node, findings);
        }

        if (Fields.Of(node, "what a rule says of a consent", Keys, findings) is not { } fields)
        {
            return null;
        }

        if (fields["name"] is { } name)
        {
            return Read(name, fields, words, findings);
        }

        findings.Report(node, new Fault(
            "This does not say which consent is meant.", "Write `{ name: calls, lasts: 7 days }`."));
        return null;
    }

    /// <param name="name">Of the consent.</param>
    /// <param name="fields">Where its terms stand.</param>
    /// <param name="words">What the policy declares.</param>
    /// <param name="findings">Takes the reports.</param>
    public static ConsentTerms? Read(Node name, Fields fields, PolicyWords words, Findings findings)
    {
        Silence? lasts = fields["lasts"] is { } span ? ReadLasts(span, findings) : null;
        ImmutableArray<string> endsOn = fields["ends_on"] is { } ends ? EndsOnReader.Read(ends, words, findings) : [];
        return Named(name, findings) is { } named ? named with { Lasts = lasts, EndsOn = endsOn } : null;
    }

    private static ConsentTerms? Named(Node node, Findings findings) =>
        NameReader.Read(node, GivenConsent.NameLengthMax, findings) is { } name ? new ConsentTerms(name) : null;

    /// <summary>The day on which a consent begins is the first of its days.</summary>
    private static Silence? ReadLasts(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (SilenceReader.Read(text.Text, includesFirst: true, out _) is { } lasts)
        {
            return lasts;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not how long a consent lasts.",
            $"Write calendar time, {CalendarSpan.Bounds}, or elapsed time, `rolling 24h`."));
        return null;
    }
}
