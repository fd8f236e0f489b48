using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads how long something lasts: <c>60 days</c>, <c>5 years</c>, <c>rolling 72h</c>.</summary>
internal static class SilenceReader
{
    /// <summary>Null: it is written otherwise, or <paramref name="isOutOfBounds"/>.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="includesFirst">Whether the day on which it begins is the first of its days.</param>
    /// <param name="isOutOfBounds">Whether it is a time of the calendar that is too long or none.</param>
    public static Silence? Read(string text, bool includesFirst, out bool isOutOfBounds) =>
        CalendarSpan.Read(text, out isOutOfBounds) switch
        {
            { Months: > 0 and var months } => new Silence.Months(months, includesFirst),
            { Days: var days } => new Silence.Days(days, includesFirst),
            null when isOutOfBounds => null,
            null => WindowText.Read(text, out _) switch
            {
                Window.Rolling rolling => new Silence.Rolling(rolling),
                Window.RollingMonths rolling => new Silence.RollingMonths(rolling),
                _ => null,
            },
        };
}
