using System.Collections;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Reviews;

/// <summary>The minutes of a week at which a rule about hours lets contacts pass, local time.</summary>
/// <remarks>Of a rule whose hours are the same on holidays.</remarks>
internal sealed class OpenMinutes
{
    public const int WeekMinutes = 7 * 24 * 60;

    private static readonly LocalDateTime Monday = new(2026, 1, 5, 0, 0);

    private readonly BitArray open = new(WeekMinutes);

    public OpenMinutes(Hours rule)
    {
        for (int minute = 0; minute < WeekMinutes; minute++)
        {
            open[minute] = rule.Schedule.Contains(Monday.PlusMinutes(minute), calendar: null) != rule.IsQuiet;
        }
    }

    /// <param name="minute">From Monday at midnight on; any other week is the same.</param>
    public bool this[int minute] => open[((minute % WeekMinutes) + WeekMinutes) % WeekMinutes];

    /// <summary>Whether the other lets pass whatever this does.</summary>
    public bool IsWithin(OpenMinutes other) =>
        !((BitArray)open.Clone()).And(new BitArray(other.open).Not()).HasAnySet();
}
