using System.Text.RegularExpressions;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>
/// Reads elapsed time: <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c>, <c>PT24H</c>, <c>P1DT12H</c>; and months of the
/// calendar in the same way: <c>18mo</c>, <c>5y</c>, <c>P1Y6M</c>.
/// </summary>
internal static partial class ElapsedText
{
    private const long SecondsMax = Window.DaysMax * 86_400L;

    /// <summary>The span; null if the text is none, with a fault if it nearly is one.</summary>
    public static Duration? Read(string text, out Fault? fault)
    {
        fault = null;
        if (Short().Match(text) is { Success: true } match)
        {
            int seconds = SecondsOf(match.Groups["unit"].ValueSpan[0]);
            long count = ValueReader.WholeNumber(match.Groups["count"].Value) ?? SecondsMax;
            return Within(Math.Min(count, SecondsMax + 1) * (decimal)seconds, text, out fault);
        }

        if (!text.StartsWith('P') || PeriodPattern.Roundtrip.Parse(text) is not { Success: true, Value: { } period })
        {
            return null;
        }

        if (period.Years != 0 || period.Months != 0)
        {
            return null;
        }

        decimal total = (period.Weeks * 604_800m) + (period.Days * 86_400m) + (period.Hours * 3600m)
            + (period.Minutes * 60m) + period.Seconds + (period.Milliseconds / 1000m)
            + (period.Ticks / 10_000_000m) + (period.Nanoseconds / 1_000_000_000m);
        return Within(total, text, out fault);
    }

    /// <summary>The months; null if the text is none, with a fault if it nearly is one.</summary>
    public static int? ReadMonths(string text, out Fault? fault)
    {
        fault = null;
        decimal months;
        if (Months().Match(text) is { Success: true } match)
        {
            long count = Math.Min(ValueReader.WholeNumber(match.Groups["count"].Value) ?? long.MaxValue, int.MaxValue);
            months = count * (match.Groups["unit"].ValueSpan is "y" ? 12m : 1);
        }
        else if (text.StartsWith('P')
            && PeriodPattern.Roundtrip.Parse(text) is { Success: true, Value: { } period }
            && (period.Years != 0 || period.Months != 0))
        {
            months = (12m * period.Years) + period.Months;
            if (period.HasTimeComponent || period.Weeks != 0 || period.Days != 0)
            {
                fault = new Fault(
                    $"{Quoted.Of(text)} mixes months, whose lengths differ, with elapsed time.",
                    "Write months alone, `rolling 18mo`, or days alone, `rolling 30d`.");
                return null;
            }
        }
        else
        {
            return null;
        }

        fault = months is >= 1 and <= Window.MonthsMax ? null : new Fault(
            $"{Quoted.Of(text)} is not 1 to {Window.MonthsMax} months.", "Write less, or `lifetime` for all time.");
        return fault is null ? (int)months : null;
    }

    private static Duration? Within(decimal seconds, string text, out Fault? fault)
    {
        fault = null;
        if (seconds > SecondsMax)
        {
            fault = new Fault(
                $"{Quoted.Of(text)} is longer than {Window.DaysMax} days.", "Write less, or `lifetime` for all time.");
            return null;
        }

        if (seconds < 1)
        {
            fault = new Fault($"{Quoted.Of(text)} is shorter than a second.", "Write a span of a second or more.");
            return null;
        }

        return Duration.FromTicks((double)(seconds * 10_000_000m));
    }

    private static int SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => 604_800,
    };

    [GeneratedRegex("^(?<count>[0-9]+)(?<unit>[smhdw])$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    [GeneratedRegex("^(?<count>[0-9]+)(?<unit>mo|y)$", RegexOptions.CultureInvariant)]
    private static partial Regex Months();
}
