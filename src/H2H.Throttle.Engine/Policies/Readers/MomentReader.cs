using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads instants, and dates that stand for the start of that day.</summary>
internal static class MomentReader
{
    private const int YearMin = 1970;
    private const int YearMax = 2200;

    private static readonly OffsetDateTimePattern[] Instants =
    [
        OffsetDateTimePattern.ExtendedIso,
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
    ];

    /// <param name="node">A date, or a date and time with its offset from UTC.</param>
    /// <param name="zone">Where a date starts; null: in UTC.</param>
    /// <param name="findings">Takes the reports.</param>
    /// <returns>Null if it cannot be read.</returns>
    public static Instant? Read(Node node, DateTimeZone? zone, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(text.Text) is { Success: true } date && IsInRange(date.Value.Year))
        {
            return LocalStart.Of(date.Value, zone ?? DateTimeZone.Utc);
        }

        return ReadInstant(text, "Write a date, `2026-03-02`, or an instant, `2026-03-02T09:00:00+01:00`.", findings);
    }

    /// <summary>A date and time with its offset from UTC; null if it cannot be read.</summary>
    public static Instant? ReadInstant(Node node, Findings findings) =>
        ValueReader.TryText(node, findings, out Node.Scalar? text)
            ? ReadInstant(text, "Write date, time and offset, as in `2026-03-02T09:00:00+01:00`.", findings)
            : null;

    private static Instant? ReadInstant(Node.Scalar text, string mend, Findings findings)
    {
        foreach (OffsetDateTimePattern pattern in Instants)
        {
            if (pattern.Parse(text.Text) is { Success: true } instant && IsInRange(instant.Value.Year))
            {
                return instant.Value.ToInstant();
            }
        }

        findings.Report(text, Explain(text.Text, mend));
        return null;
    }

    private static Fault Explain(string text, string mend)
    {
        if (LocalDateTimePattern.ExtendedIso.Parse(text).Success)
        {
            return new Fault(
                $"{Quoted.Of(text)} does not tell its offset from UTC.", "Add `Z`, or an offset such as `+01:00`.");
        }

        return LocalDatePattern.Iso.Parse(text) is { Success: true } date && IsInRange(date.Value.Year)
            ? new Fault($"{Quoted.Of(text)} is a date without a time of day.", mend)
            : new Fault($"{Quoted.Of(text)} is not a time between {YearMin} and {YearMax}.", mend);
    }

    private static bool IsInRange(int year) => year is >= YearMin and < YearMax;
}
