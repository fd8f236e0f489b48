using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Reads windows as the policy language writes them.</summary>
/// <remarks>
/// <c>rolling 24h</c>, in <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c> (24 hours), <c>w</c> or ISO 8601 (<c>PT24H</c>,
/// <c>P1D</c>), or in <c>mo</c> and <c>y</c> of the calendar (<c>P1Y6M</c>), where <c>rolling</c> may be left out;
/// <c>last 7 days</c>, <c>last 2 years</c>, <c>last 6 months and 1 day</c>; <c>calendar week</c>,
/// <c>calendar 2 weeks</c>; <c>lifetime</c>.
/// </remarks>
public static partial class WindowText
{
    private const string Forms =
        "Write `rolling 24h`, `last 7 days`, `calendar week`, `calendar 2 weeks` or `lifetime`.";

    public static bool TryRead(string text, [NotNullWhen(true)] out Window? window)
    {
        window = Read(text, out _);
        return window is not null;
    }

    /// <summary>The window, or null with what is wrong.</summary>
    internal static Window? Read(string text, out Fault? fault)
    {
        fault = null;
        if (text is "lifetime")
        {
            return Window.Forever;
        }

        if (Last().Match(text) is { Success: true } last)
        {
            return ReadLast(last, out fault);
        }

        if (Calendar().Match(text) is { Success: true } calendar)
        {
            return ReadCalendar(calendar.Groups["count"].Value, calendar.Groups["unit"].Value, out fault);
        }

        string span = text.StartsWith("rolling ", StringComparison.Ordinal) ? text["rolling ".Length..] : text;
        if (ElapsedText.Read(span, out fault) is { } elapsed)
        {
            return new Window.Rolling(elapsed, span);
        }

        if (fault is null && ElapsedText.ReadMonths(span, out fault) is { } months)
        {
            return new Window.RollingMonths(months);
        }

        fault ??= Explain(text);
        return null;
    }

    private static Window? ReadLast(Match last, out Fault? fault)
    {
        CalendarSpan? span = CalendarSpan.Read(last.Groups["span"].Value, out _);
        fault = span is null
            ? new Fault($"`last` counts {CalendarSpan.Bounds}.", "Write `last 7 days`, or `lifetime` for all time.")
            : null;
        return span switch
        {
            null => null,
            { Months: > 0 and var months } => new Window.LastMonths(months, last.Groups["more"].Success),
            { Days: var days } => new Window.LastDays(days),
        };
    }

    private static Window.Calendar? ReadCalendar(string count, string unitWord, out Fault? fault)
    {
        CalendarUnit unit = Enum.Parse<CalendarUnit>(unitWord, ignoreCase: true);
        long units = count.Length == 0 ? 1 : ValueReader.WholeNumber(count) ?? long.MaxValue;
        int unitsMax = Window.Calendar.CountMax(unit);
        fault = units >= 1 && units <= unitsMax
            ? null
            : new Fault($"A calendar block is 1 to {unitsMax} {unitWord}s long.", "Write `lifetime` for all time.");
        return fault is null ? new Window.Calendar(unit, (int)units) : null;
    }

    private static Fault Explain(string text)
    {
        if (Unitless().Match(text) is { Success: true } unitless)
        {
            string number = unitless.Groups["count"].Value;
            return new Fault(
                $"{Quoted.Of(text)} has no unit.",
                $"Write `rolling {number}h` for hours, `last {number} days` or `calendar {number} weeks`.");
        }

        if (AmbiguousSpan().Match(text) is { Success: true } days)
        {
            string number = days.Groups["count"].Value;
            string unit = days.Groups["unit"].Value;
            string shortly = unit is "month" ? "mo" : unit[..1];
            return new Fault(
                $"{Quoted.Of(text)} could be elapsed time or calendar days.",
                $"Write `rolling {number}{shortly}` or `last {number} {unit}{(number == "1" ? "" : "s")}`.");
        }

        return text.StartsWith("last ", StringComparison.Ordinal)
            ? new Fault(
                $"{Quoted.Of(text)} is not a window: `last` counts calendar days.",
                WindowGuess.Of(text) ?? "Write `last 7 days`, or `rolling 24h` for elapsed time.")
            : new Fault($"{Quoted.Of(text)} is not a window.", WindowGuess.Of(text) ?? Forms);
    }

    [GeneratedRegex(
        "^last (?:(?<span>[0-9]+ days?)|(?<span>[0-9]+ (?:month|year)s?)(?<more> and 1 day)?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Last();

    [GeneratedRegex(
        "^calendar (?:(?<count>[0-9]+) (?<unit>hour|day|week|month|quarter|year)s?"
            + "|(?<unit>hour|day|week|month|quarter|year))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Calendar();

    [GeneratedRegex("^(?:(?:rolling|last|calendar) )?(?<count>[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Unitless();

    [GeneratedRegex("^(?<count>[0-9]+) (?<unit>day|month|year)s?$", RegexOptions.CultureInvariant)]
    private static partial Regex AmbiguousSpan();
}
