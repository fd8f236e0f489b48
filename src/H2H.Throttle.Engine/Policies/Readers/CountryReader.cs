using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads countries by their ISO 3166-1 alpha-2 code.</summary>
internal static class CountryReader
{
    /// <summary>The code; null if no country where people live has it.</summary>
    public static string? Read(Node node, Findings findings) =>
        ValueReader.TryText(node, findings, out Node.Scalar? text) && IsKnown(text, findings) ? text.Text : null;

    public static bool IsKnown(Node.Scalar text, Findings findings)
    {
        if (CandidateZones.HasCountry(text.Text))
        {
            return true;
        }

        string upper = text.Text.ToUpperInvariant();
        string mend = upper switch
        {
            _ when CandidateZones.HasCountry(upper) => $"Write `{upper}`.",
            "UK" => "Write `GB`.",
            _ => "Write two capital letters of ISO 3166-1, such as `IT`.",
        };
        findings.Report(text, new Fault($"There is no country {Quoted.Of(text.Text)}.", mend));
        return false;
    }
}
