using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using NodaTime;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>The hours of days as they are read, one after another.</summary>
internal sealed class DayHours
{
    private static readonly LocalDateTime AnyMonday = new(2026, 1, 5, 0, 0);

    private readonly Dictionary<IsoDayOfWeek, ImmutableArray<DayInterval>> week = [];
    private ImmutableArray<DayInterval>? holidays;
    private ImmutableArray<DayInterval>? eves;

    /// <summary>Where holidays or eves are first named; null: nowhere.</summary>
    public Node.Scalar? SpecialNode { get; private set; }

    /// <summary>Whether there is no time inside on any kind of day.</summary>
    public bool IsAlwaysClosed => Week.IsEmpty && (holidays is null or { IsEmpty: true });

    /// <summary>Whether there is no time outside on any kind of day.</summary>
    public bool IsAlwaysFull => Week.NextOutside(AnyMonday) is null
        && (holidays is not { } special || WeekSchedule.Of(_ => special).NextOutside(AnyMonday) is null);

    private WeekSchedule Week => WeekSchedule.Of(OfDay);

    /// <summary>False if the day has hours already.</summary>
    public bool TryAdd(IsoDayOfWeek day, ImmutableArray<DayInterval> intervals) => week.TryAdd(day, intervals);

    /// <param name="key"><c>holidays</c> or <c>eves</c>; a document has each once.</param>
    /// <param name="intervals">Its hours.</param>
    public void AddSpecial(Node.Scalar key, ImmutableArray<DayInterval> intervals)
    {
        SpecialNode ??= key;
        if (key.Text is "holidays")
        {
            holidays = intervals;
        }
        else
        {
            eves = intervals;
        }
    }

    public WeekSchedule ToSchedule(bool isQuiet) =>
        WeekSchedule.Of(OfDay, new SpecialDays(holidays, eves), isQuiet);

    private ImmutableArray<DayInterval> OfDay(IsoDayOfWeek day) => week.GetValueOrDefault(day, []);
}
