using System.Globalization;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>
/// What a promised ratio would be of a service that does only what the stack itself does.
/// </summary>
/// <param name="What">Is promised.</param>
/// <param name="Against">What.</param>
/// <param name="Wanted">At least.</param>
/// <param name="Bare">Does nothing of its own, on the same stack.</param>
internal sealed record Limit(Contender What, Contender Against, double Wanted, Contender Bare)
{
    /// <summary>A row of the table.</summary>
    public string ToMarkdown() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {What.Name} | {Against.Name} | ≥ {Wanted:0.##} | {Bare.Name} | {Bare.RatioTo(Against).Text("0.00")} "
        + $"| {What.RatioTo(Bare).Text("0.00")} |");
}
