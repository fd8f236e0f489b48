using System.Globalization;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>
/// What something promised would be of a service that does only what the stack itself does.
/// </summary>
/// <param name="What">Is promised.</param>
/// <param name="Against">What.</param>
/// <param name="Wanted">As a text for the table.</param>
/// <param name="Bare">Does nothing of its own, on the same stack.</param>
/// <param name="BareAgainst">What that is measured against.</param>
/// <param name="Reached">By that, as a text for the table.</param>
/// <param name="Near">How near to that the product comes, as a text for the table.</param>
internal sealed record Limit(
    string What, string Against, string Wanted, string Bare, string BareAgainst, string Reached, string Near)
{
    /// <summary>A rate.</summary>
    /// <param name="what">Is promised.</param>
    /// <param name="against">What.</param>
    /// <param name="wanted">At least.</param>
    /// <param name="bare">Does nothing of its own, on the same stack.</param>
    /// <param name="bareAgainst">What that is measured against; null: what the promise is.</param>
    public static Limit OfRate(
        Contender what, Contender against, double wanted, Contender bare, Contender? bareAgainst = null) => new(
            what.Name,
            against.Name,
            string.Create(CultureInfo.InvariantCulture, $"≥ {wanted:0.##}"),
            bare.Name,
            (bareAgainst ?? against).Name,
            bare.RatioTo(bareAgainst ?? against).Text("0.00"),
            what.RatioTo(bare).Text("0.00"));

    /// <summary>A time.</summary>
    /// <param name="what">Is promised.</param>
    /// <param name="wanted">At most, in milliseconds.</param>
    /// <param name="measured">In milliseconds, round by round.</param>
    /// <param name="bare">Does nothing of its own, on the same stack.</param>
    /// <param name="reached">By that, in milliseconds, round by round.</param>
    public static Limit OfTime(
        string what, double wanted, IReadOnlyList<double> measured, string bare, IReadOnlyList<double> reached) => new(
            what,
            "–",
            string.Create(CultureInfo.InvariantCulture, $"≤ {wanted:0.##} ms"),
            bare,
            "–",
            $"{Spread.Of(reached).Text("0.0")} ms",
            $"{Spread.Of(measured.Zip(reached, static (mine, least) => mine / least)).Text("0.00")} times as long");

    /// <summary>A row of the table.</summary>
    public string ToMarkdown() => $"| {What} | {Against} | {Wanted} | {Bare} | {BareAgainst} | {Reached} | {Near} |";
}
