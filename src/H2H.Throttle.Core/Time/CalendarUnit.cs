namespace H2H.Throttle.Core.Time;

/// <summary>A whole unit of the calendar.</summary>
public enum CalendarUnit
{
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
