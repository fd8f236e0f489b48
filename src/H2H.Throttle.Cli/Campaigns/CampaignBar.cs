using System.Globalization;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>A bar, the percentage and the time that is left, in one line of Spectre's markup.</summary>
internal static class CampaignBar
{
    private const int WidthMax = 24;
    private const int WidthMin = 4;
    private const int Amounts = 2 + 4 + 2 + 10;   // two gaps, the percentage, days and hours

    /// <param name="share">How much is done, 0 to 1; more is shown as 1.</param>
    /// <param name="remaining">Null: nobody knows.</param>
    /// <param name="columns">How wide the line may be.</param>
    public static string Line(double share, TimeSpan? remaining, int columns)
    {
        share = Math.Clamp(share, 0, 1);
        int width = Math.Clamp(columns - Amounts, WidthMin, WidthMax);
        int full = (int)(share * width);
        string left = remaining is { TotalDays: < 10 } known
            ? known.ToString(known.TotalDays < 1 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
            : "--:--:--";
        string bar = $"[green]{new string('█', full)}[/][grey]{new string('░', width - full)}[/]";
        return string.Create(CultureInfo.InvariantCulture, $"{bar}  {(int)(share * 100),3}%  {left}");
    }
}
