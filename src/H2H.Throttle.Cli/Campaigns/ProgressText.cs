using System.Globalization;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>How far a campaign is, in one line.</summary>
internal static class ProgressText
{
    private const int ReasonsMax = 3;

    /// <summary>What is most needed first, and of the rest as much as fits.</summary>
    /// <param name="tally">What has a verdict.</param>
    /// <param name="rate">Lines a second.</param>
    /// <param name="room">How many columns there are.</param>
    public static string Of(CampaignTally tally, double rate, int room)
    {
        long errors = tally.Errors.Sum(static one => one.Value);
        string[] parts =
        [
            $"{Number(rate)}/s",
            .. errors == 0 ? Array.Empty<string>() : [$"errors {Number(errors)}"],
            $"allowed {Number(tally.Allowed)}",
            .. tally.Denials.Take(ReasonsMax).Select(static one => $"{one.Key} {Number(one.Value)}"),
        ];
        string text = $"{Number(tally.Done)} lines";
        foreach (string part in parts)
        {
            text = text.Length + 2 + part.Length > room ? text : $"{text}, {part}";
        }

        return text;
    }

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
