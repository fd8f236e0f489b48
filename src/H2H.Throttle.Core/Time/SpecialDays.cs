using System.Collections.Immutable;

namespace H2H.Throttle.Core.Time;

/// <summary>The hours of days that a calendar tells apart.</summary>
/// <param name="Holidays">Those of a holiday, in place of its weekday's; null: a holiday is like other days.</param>
/// <param name="Eves">
/// Those of the day before a holiday, beside its weekday's: the stricter of both count, so that no eve opens a Sunday
/// that is closed. Null: an eve is like other days.
/// </param>
public sealed record SpecialDays(ImmutableArray<DayInterval>? Holidays, ImmutableArray<DayInterval>? Eves)
{
    /// <summary>The strictest hours of both: open in both, or quiet in one of them.</summary>
    /// <param name="day">In any order.</param>
    /// <param name="other">Null: nothing to be stricter than.</param>
    /// <param name="isQuiet">Whether the hours are those without contact.</param>
    internal static ImmutableArray<DayInterval> Strictest(
        ImmutableArray<DayInterval> day, ImmutableArray<DayInterval>? other, bool isQuiet) => other switch
    {
        null => day,
        { } quiet when isQuiet => [.. day, .. quiet],
        { } open => [.. day.SelectMany(one => open.Select(two => Common(one, two))).OfType<DayInterval>()],
    };

    private static DayInterval? Common(DayInterval one, DayInterval other)
    {
        int start = Math.Max(one.StartMinute, other.StartMinute);
        int end = Math.Min(one.EndMinute, other.EndMinute);
        return start < end ? new DayInterval(start, end) : null;
    }
}
