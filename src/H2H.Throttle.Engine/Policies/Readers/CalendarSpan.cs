using System.Text.RegularExpressions;
using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Whole days or months of the calendar: <c>60 days</c>, <c>18 months</c>, <c>5 years</c>.</summary>
/// <param name="Days">0 if it is written in months or years.</param>
/// <param name="Months">0 if it is written in days.</param>
internal readonly partial record struct CalendarSpan(int Days, int Months)
{
    /// <summary>The bounds of what can be written, in words.</summary>
    public static string Bounds { get; } =
        $"1 to {Window.DaysMax} days, {Window.MonthsMax} months or {Window.MonthsMax / 12} years";

    /// <summary>Null: it is written otherwise, or <paramref name="isOutOfBounds"/>.</summary>
    public static CalendarSpan? Read(string text, out bool isOutOfBounds)
    {
        isOutOfBounds = false;
        if (Form().Match(text) is not { Success: true } form)
        {
            return null;
        }

        bool isInDays = form.Groups["unit"].ValueSpan is "day";
        long most = isInDays ? Window.DaysMax : Window.MonthsMax;
        long count = Math.Min(ValueReader.WholeNumber(form.Groups["count"].Value) ?? most + 1, most + 1)
            * (form.Groups["unit"].ValueSpan is "year" ? 12 : 1);
        isOutOfBounds = count < 1 || count > most;
        return isOutOfBounds ? null : isInDays ? new((int)count, 0) : new(0, (int)count);
    }

    [GeneratedRegex("^(?<count>[0-9]+) (?<unit>day|month|year)s?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
