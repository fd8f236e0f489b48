using System.Globalization;
using System.Text.RegularExpressions;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Guesses which hours and days were meant: <c>10pm-6am</c>, <c>weekdays</c>, <c>Mon-Fri</c>.</summary>
internal static partial class HoursGuess
{
    /// <summary>The span as the language writes it, without quotes; null: no idea.</summary>
    public static string? Span(string text) =>
        Loose().Match(text) is { Success: true } match
        && Clock(match, "from") is { } from
        && Clock(match, "to") is { } to
        && from != to
            ? $"{from}-{to}"
            : null;

    /// <summary>The days as the language writes them; null: no idea.</summary>
    public static string? Days(string text) => text.ToLowerInvariant() switch
    {
        "weekday" or "weekdays" or "workdays" or "working days" => "mon-fri",
        "weekend" or "weekends" => "sat-sun",
        "everyday" or "every day" or "always" or "all" or "day" => "daily",
        "holiday" or "public holidays" => "holidays",
        var lower when lower != text && !DaysReader.DaysOf(lower).IsDefault => lower,
        _ => null,
    };

    private static string? Clock(Match match, string end)
    {
        int hour = int.Parse(match.Groups[end].ValueSpan, CultureInfo.InvariantCulture);
        string minutes = match.Groups[end + "Minutes"] is { Success: true, Value: var given } ? given : "00";
        string half = match.Groups[end + "Half"].Value.ToLowerInvariant();
        if (half.Length > 0 && hour is < 1 or > 12)
        {
            return null;
        }

        hour = half switch
        {
            "pm" => (hour % 12) + 12,
            "am" => hour % 12,
            _ => hour,
        };
        return hour < 24 && string.CompareOrdinal(minutes, "60") < 0
            ? string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minutes}")
            : null;
    }

    [GeneratedRegex(
        @"^(?<from>\d{1,2})(?:[:.h](?<fromMinutes>\d{2}))? ?(?<fromHalf>am|pm)? ?(?:-|–|to|until) ?"
            + @"(?<to>\d{1,2})(?:[:.h](?<toMinutes>\d{2}))? ?(?<toHalf>am|pm)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Loose();
}
