using System.Text.RegularExpressions;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Guesses which window was meant: by <c>daily</c>, <c>per month</c>, <c>rolling 24 h</c>.</summary>
internal static partial class WindowGuess
{
    /// <summary>What to write instead, as a sentence; null: no idea.</summary>
    public static string? Of(string text)
    {
        if (UnitAlone().Match(text) is { Success: true } alone)
        {
            string unit = UnitOf(alone.Groups["unit"].Value);
            return unit switch
            {
                "day" => "Write `calendar day`, or `rolling 24h` for any 24 hours.",
                "week" => "Write `calendar week`, or `last 7 days`.",
                "month" => "Write `calendar month`, or `last 30 days`.",
                _ => $"Write `calendar {unit}`.",
            };
        }

        if (Counted().Match(text) is not { Success: true } counted)
        {
            return null;
        }

        string count = counted.Groups["count"].Value;
        string plural = count == "1" ? "" : "s";
        return UnitOf(counted.Groups["unit"].Value) switch
        {
            "s" or "second" => $"Write `rolling {count}s`.",
            "minute" or "min" or "m" => $"Write `rolling {count}m`.",
            "hour" or "h" or "hr" => $"Write `rolling {count}h`.",
            "day" or "d" => $"Write `rolling {count}d`, or `last {count} day{plural}`.",
            "week" or "w" => $"Write `rolling {count}w`, or `calendar {count} week{plural}`.",
            "month" => $"Write `rolling {count}mo`, `last {count} month{plural}` or `calendar {count} month{plural}`.",
            "year" => $"Write `rolling {count}y`, `last {count} year{plural}` or `calendar {count} year{plural}`.",
            { } unit => $"Write `calendar {count} {unit}{plural}`, or a number of days, `last 30 days`.",
        };
    }

    /// <summary>In the singular: <c>daily</c> and <c>days</c> are <c>day</c>.</summary>
    private static string UnitOf(string word)
    {
        string lower = word.ToLowerInvariant();
        return lower switch
        {
            "daily" => "day",
            "s" => lower,
            _ when lower.EndsWith("ly", StringComparison.Ordinal) => lower[..^2],
            _ => lower.TrimEnd('s'),
        };
    }

    [GeneratedRegex(
        "^(?:(?:per|a|an|each|every|one|last|rolling|calendar) )*"
            + "(?<unit>hours?|days?|weeks?|months?|quarters?|years?|hourly|daily|weekly|monthly|quarterly|yearly)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UnitAlone();

    [GeneratedRegex(
        "^(?:(?:per|each|every|rolling|last) )*(?<count>[1-9][0-9]{0,3}) ?"
            + "(?<unit>seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|quarters?|years?|[smhdw])$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Counted();
}
