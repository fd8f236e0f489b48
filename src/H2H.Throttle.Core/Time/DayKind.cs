namespace H2H.Throttle.Core.Time;

/// <summary>What a calendar says of a day.</summary>
public enum DayKind
{
    /// <summary>Neither a holiday nor the day before one.</summary>
    Plain,

    Holiday,

    /// <summary>The day before a holiday, and none itself.</summary>
    Eve,

    /// <summary>No calendar covers it: it may be any of the others.</summary>
    Unknown,
}
