using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads time zones.</summary>
internal static class ZoneReader
{
    private static readonly ImmutableArray<string> RuleWords = ["person", "utc", .. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>A zone of the IANA database; null if there is none of that name.</summary>
    public static DateTimeZone? Read(Node node, Findings findings) =>
        Read(node, DateTimeZoneProviders.Tzdb.Ids, findings);

    private static DateTimeZone? Read(Node node, IEnumerable<string> words, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (DateTimeZoneProviders.Tzdb.Ids.Contains(text.Text))
        {
            return DateTimeZoneProviders.Tzdb[text.Text];
        }

        string mend = Meant(text.Text, words) is { } meant
            ? $"Write `{meant}`."
            : "Write a name of the IANA database, such as `Europe/Rome`.";
        findings.Report(node, new Fault($"There is no time zone {Quoted.Of(text.Text)}.", mend));
        return null;
    }

    /// <summary>Whose calendar a rule goes by: <c>person</c> (default), <c>utc</c> or a zone.</summary>
    public static WindowZone ReadForRule(Node? node, Findings findings) => node switch
    {
        null or Node.Scalar { Text: "person" } => WindowZone.Person,
        Node.Scalar { Text: "utc" } => WindowZone.Utc,
        _ => Read(node, RuleWords, findings) is { } zone ? new WindowZone.Fixed(zone) : WindowZone.Person,
    };

    private static string? Meant(string text, IEnumerable<string> words)
    {
        string asCity = "/" + text.Replace(' ', '_');
        return DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(
                id => id.EndsWith(asCity, StringComparison.OrdinalIgnoreCase))
            ?? Nearest.To(text, words);
    }
}
