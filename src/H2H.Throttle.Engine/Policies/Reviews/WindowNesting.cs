using H2H.Throttle.Core.Time;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>Tells which windows lie inside others.</summary>
internal static class WindowNesting
{
    /// <summary>
    /// Whether every window of the one kind that holds an instant lies inside one of the other that holds it too. A no
    /// may only mean that it depends on clock changes.
    /// </summary>
    public static bool IsWithin(Window inner, WindowZone innerZone, Window outer, WindowZone outerZone) =>
        (inner, outer) switch
        {
            (_, Window.Lifetime) => true,
            (Window.Rolling one, Window.Rolling other) => one.Span <= other.Span,
            _ => innerZone == outerZone && IsWithin(inner, outer),
        };

    /// <summary>Over how many calendar days one window reaches at most; null: it has none, or is without end.</summary>
    public static int? DaysMax(Window window) => window switch
    {
        Window.LastDays { Widen: null } days => days.Days,
        Window.LastMonths months => (31 * months.Months) + 1,
        Window.Calendar block when DaysMax(block) is <= Window.DaysMax and var days => (int)days,
        _ => null,
    };

    private static bool IsWithin(Window inner, Window outer) => (inner, outer) switch
    {
        (Window.LastDays one, Window.LastDays other) =>
            one.Days <= other.Days && (one.Widen is null || one.Widen == other.Widen),
        (Window.Calendar one, Window.LastDays other) => DaysMax(one) <= other.Days,
        (Window.LastMonths one, Window.LastMonths other) =>
            (one.Months, one.AndDay).CompareTo((other.Months, other.AndDay)) <= 0,
        (Window.LastDays { Widen: null } one, Window.LastMonths other) =>
            one.Days <= 28 * other.Months,
        (Window.LastMonths, Window.LastDays other) => DaysMax(inner) <= other.Days,
        (Window.Calendar one, Window.LastMonths other) => MonthsOf(one) <= other.Months,
        (Window.RollingMonths one, Window.RollingMonths other) => one.Months <= other.Months,
        (Window.LastDays { Days: 1, Widen: null }, Window.Calendar other) =>
            Nests(new Window.Calendar(CalendarUnit.Day), other),
        (Window.Calendar one, Window.Calendar other) => Nests(one, other),
        _ => false,
    };

    /// <summary>Over how many days one block reaches at most.</summary>
    private static long DaysMax(Window.Calendar block) => block.Unit switch
    {
        CalendarUnit.Hour => block.Count == 1 ? 1 : long.MaxValue,
        CalendarUnit.Day => block.Count,
        CalendarUnit.Week => 7L * block.Count,
        CalendarUnit.Month => 31L * block.Count,
        CalendarUnit.Quarter => 92L * block.Count,
        _ => 366L * block.Count,
    };

    /// <summary>Over how many calendar months one block reaches; far too many if it is not of whole months.</summary>
    private static long MonthsOf(Window.Calendar block) => block.Unit switch
    {
        CalendarUnit.Month => block.Count,
        CalendarUnit.Quarter => 3L * block.Count,
        CalendarUnit.Year => 12L * block.Count,
        _ => long.MaxValue,
    };

    /// <summary>Whether blocks of the outer kind begin only where blocks of the inner kind do.</summary>
    private static bool Nests(Window.Calendar inner, Window.Calendar outer) => (inner.Unit, outer.Unit) switch
    {
        (var one, var other) when one == other => outer.Count % inner.Count == 0,
        (CalendarUnit.Hour or CalendarUnit.Day, not CalendarUnit.Hour) => inner.Count == 1 && inner.Unit < outer.Unit,
        (CalendarUnit.Month, CalendarUnit.Quarter) => 3 * outer.Count % inner.Count == 0,
        (CalendarUnit.Month, CalendarUnit.Year) => 12 * outer.Count % inner.Count == 0,
        (CalendarUnit.Quarter, CalendarUnit.Year) => 4 * outer.Count % inner.Count == 0,
        _ => false,
    };
}
