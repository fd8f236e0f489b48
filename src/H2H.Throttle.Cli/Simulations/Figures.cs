using System.Globalization;
using H2H.Throttle.Engine.Simulations;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>
/// Writes the numbers of a report for people: of a sample those of everybody, with how far they may be off.
/// </summary>
internal sealed class Figures(SimulationReport report)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu");

    public bool IsSample => report.Sample < 1;

    /// <summary><c>12,345</c>, or <c>≈1,230,000</c> where a sample was multiplied.</summary>
    public string Of(long number)
    {
        string text = Math.Round(number * report.Scale).ToString("N0", CultureInfo.InvariantCulture);
        return IsSample && number > 0 ? $"≈{text}" : text;
    }

    /// <summary><c>940</c>, <c>12k</c>, <c>1.2M</c></summary>
    public string Brief(long number)
    {
        double all = number * report.Scale;
        (double count, string unit, string format) = all switch
        {
            >= 9_999_500 => (all / 1_000_000, "M", "0"),
            >= 999_500 => (all / 1_000_000, "M", "0.0"),
            >= 9_950 => (all / 1000, "k", "0"),
            >= 1000 => (all / 1000, "k", "0.0"),
            _ => (all, "", "0"),
        };
        return count.ToString(format, CultureInfo.InvariantCulture) + unit;
    }

    /// <summary><c> ± 1,200</c>; nothing where everybody was looked at.</summary>
    public string Margin(double margin) =>
        IsSample ? string.Create(CultureInfo.InvariantCulture, $" ± {Math.Ceiling(margin):N0}") : "";

    public string ShareMargin => IsSample
        ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * report.RefusedShareMargin:0.0}")
        : "";

    public static string Share(long part, long whole) => whole == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    /// <summary><c>2 Mar 2026 – 29 Mar 2026</c></summary>
    public string Span => report.First is { } first && report.Last is { } last
        ? $"{DayOf(first)} – {DayOf(last)}"
        : "no contacts";

    public string Sample => string.Create(
        CultureInfo.InvariantCulture,
        $"a sample of {100 * report.Sample:0.###} % of people ({report.People:N0}); ≈ stands for all");

    public static string NameOf(SimulatedGroup group) => group.Name.Length == 0 ? "(none)" : group.Name;

    public static string LabelOf(SimulatedBar bar) => bar switch
    {
        { To: null } => string.Create(CultureInfo.InvariantCulture, $"{bar.From}+"),
        { To: { } to } when to == bar.From => bar.From.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bar.From}–{bar.To}"),
    };

    private static string DayOf(Instant instant) => Day.Format(instant.InUtc().Date);
}
