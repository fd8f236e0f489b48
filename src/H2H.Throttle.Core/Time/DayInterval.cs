using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>A stretch of local time that starts on a given day and may end on the next.</summary>
public readonly record struct DayInterval
{
    public const int DayMinutes = 24 * 60;

    /// <param name="startMinute">Minutes after midnight: 0 to 1439.</param>
    /// <param name="endMinute">
    /// Exclusive; after the start and at most a day after it, so it may be on the next day.
    /// </param>
    public DayInterval(int startMinute, int endMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(startMinute, DayMinutes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endMinute, startMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endMinute, startMinute + DayMinutes);
        (StartMinute, EndMinute) = (startMinute, endMinute);
    }

    public static DayInterval WholeDay { get; } = new(0, DayMinutes);

    public int StartMinute { get; }

    public int EndMinute { get; }

    internal LocalDateTime StartOn(LocalDate date) => date.AtMidnight().PlusMinutes(StartMinute);

    internal LocalDateTime EndOn(LocalDate date) => date.AtMidnight().PlusMinutes(EndMinute);
}
