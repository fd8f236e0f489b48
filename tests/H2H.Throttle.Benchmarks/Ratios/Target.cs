using System.Globalization;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>A line of the table of what is promised.</summary>
/// <param name="What">Was measured.</param>
/// <param name="Against">What.</param>
/// <param name="Measured">As a text for the table.</param>
/// <param name="Wanted">As a text for the table.</param>
/// <param name="IsMet">Whether it is as wanted.</param>
internal sealed record Target(string What, string Against, string Measured, string Wanted, bool IsMet)
{
    public static Target AtLeast(Contender what, Contender against, double wanted)
    {
        Spread ratio = what.RatioTo(against);
        return new Target(
            what.Name,
            against.Name,
            ratio.Text("0.00"),
            string.Create(CultureInfo.InvariantCulture, $"≥ {wanted:0.##}"),
            ratio.Median >= wanted);
    }

    public static Target AtMost(string what, string against, double measured, double wanted, string unit = "") => new(
        what,
        against,
        string.Create(CultureInfo.InvariantCulture, $"{measured:0.00}{unit}"),
        string.Create(CultureInfo.InvariantCulture, $"≤ {wanted:0.##}{unit}"),
        measured <= wanted);
}
