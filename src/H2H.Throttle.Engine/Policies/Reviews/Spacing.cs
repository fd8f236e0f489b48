using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Counts how many contacts fit into a window if they keep their distance.</summary>
internal static class Spacing
{
    /// <summary>No zone has put its clocks back by more since 1970, by less than a day, nor plans to.</summary>
    public static Duration ClockShiftMax { get; } = Duration.FromHours(2);

    /// <summary>Clocks are put back at night: not between these two hours of the day.</summary>
    public const int SteadyFromHour = 6;

    public const int SteadyUntilHour = 21;

    /// <summary>Longer windows could hold two clock changes.</summary>
    private const int DaysWithHoursMax = 14;

    private const int DayMinutes = 24 * 60;

    /// <summary>An upper bound; null: it cannot be told.</summary>
    /// <param name="window">In which they are counted.</param>
    /// <param name="gap">How far they are apart at least.</param>
    public static long? MostIn(Window window, Window.Rolling gap) => window is Window.Rolling rolling
        ? Ceiling(rolling.Span, gap.Span)
        : WindowNesting.DaysMax(window) is { } days
            ? Ceiling(Duration.FromDays(days) + ClockShiftMax, gap.Span)
            : null;

    /// <summary>The same of contacts that are made in open minutes alone, on the window's clock.</summary>
    public static long? MostIn(Window window, Window.Rolling gap, OpenMinutes open) =>
        WindowNesting.DaysMax(window) is { } days and <= DaysWithHoursMax && gap.Span >= Duration.FromMinutes(1)
            ? MostIn(days, gap.Span, open)
            : null;

    private static long MostIn(int days, Duration gap, OpenMinutes open)
    {
        int gapMinutes = (int)Math.Clamp(gap.TotalMinutes, 1, days * 2 * DayMinutes);
        int shift = (int)ClockShiftMax.TotalMinutes;
        bool isOpenAtNight = Enumerable.Range(0, OpenMinutes.WeekMinutes).Any(minute => open[minute]
            && minute % DayMinutes is < SteadyFromHour * 60 or >= SteadyUntilHour * 60);
        int most = 0;
        for (int first = 0; first < 7; first++)
        {
            for (int night = isOpenAtNight ? days : 0; night <= days; night++)
            {
                most = Math.Max(most, Pack(open, first, days, gapMinutes, isOpenAtNight ? 0 : shift, night));
            }
        }

        return isOpenAtNight ? most + Ceiling(ClockShiftMax, gap) + 1 : most;
    }

    /// <summary>One contact as early as can be after the other, which no other way of placing them outdoes.</summary>
    /// <remarks>At the start of one day clocks are put back, so more time passes than they tell.</remarks>
    private static int Pack(OpenMinutes open, int firstDay, int days, int gapMinutes, int shiftMinutes, int shiftedDay)
    {
        int count = 0;
        int freeFrom = 0;
        for (int minute = 0; minute < days * DayMinutes; minute++)
        {
            int passed = minute + (minute >= shiftedDay * DayMinutes ? shiftMinutes : 0);
            if (passed >= freeFrom && open[(firstDay * DayMinutes) + minute])
            {
                count++;
                freeFrom = passed + gapMinutes;
            }
        }

        return count;
    }

    private static long Ceiling(Duration span, Duration part) =>
        (long)Math.Ceiling((decimal)span.ToInt64Nanoseconds() / part.ToInt64Nanoseconds());
}
