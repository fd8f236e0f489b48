using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>
/// The same question as <see cref="Crowd"/> for a window of days that is stretched outwards to whole units.
/// </summary>
/// <remarks>
/// The window of a day reaches from the start of the unit that holds its first day to the end of the unit that holds
/// the day itself. A new contact must fit into the window of its own day, and into that of each later contact whose
/// window holds it.
/// </remarks>
internal readonly ref struct WidenedCrowd(
    ReadOnlySpan<Placed> placed, Window.LastDays window, Timeline timeline, int weight, int limit)
{
    private readonly ReadOnlySpan<Placed> placed = placed;

    public long? FreeFrom(long position) => weight > limit ? null : FirstDay(position, fits: true);

    public long? BusyFrom(long position) => FirstDay(position, fits: false);

    /// <summary>Of the windows that hold the position, the one that leaves the least room; with both days.</summary>
    public (long From, long To) FullestWindowAround(long position)
    {
        (long From, long To) fullest = WindowOf(position);
        foreach (Placed later in placed)
        {
            if (later.Position > position
                && WindowOf(later.Position) is var window
                && window.From <= position
                && Sum(Within(window)) > Sum(Within(fullest)))
            {
                fullest = window;
            }
        }

        return fullest;
    }

    public ReadOnlySpan<Placed> Within((long From, long To) days)
    {
        int start = 0;
        while (start < placed.Length && placed[start].Position < days.From)
        {
            start++;
        }

        int end = start;
        while (end < placed.Length && placed[end].Position <= days.To)
        {
            end++;
        }

        return placed[start..end];
    }

    /// <remarks>
    /// Days between two candidates are judged alike, and after the last contact has left every day is free.
    /// </remarks>
    private long? FirstDay(long position, bool fits)
    {
        long last = placed.Length == 0 ? position : WindowOf(placed[^1].Position).To + window.Days;
        long day = position;
        while (Fits(day) != fits)
        {
            if (day > last)
            {
                return null;
            }

            day = NextCandidate(day);
        }

        return day;
    }

    private bool Fits(long position) => Sum(Within(FullestWindowAround(position))) + weight <= limit;

    /// <summary>The next day whose window, or whose place among later contacts, differs from this day's.</summary>
    private long NextCandidate(long day)
    {
        LocalDate date = Timeline.DayAt(day);
        LocalDate first = date.PlusDays(1 - window.Days);
        long ownUnit = Timeline.PositionOf(timeline.EndOfUnit(date, window.Widen!.Value));
        long firstUnit = Timeline.PositionOf(timeline.EndOfUnit(first, window.Widen!.Value)) + window.Days - 1;
        long next = Math.Min(ownUnit, firstUnit);
        foreach (Placed contact in placed)
        {
            if (contact.Position >= day)
            {
                return Math.Min(next, contact.Position == day ? day + 1 : contact.Position);
            }
        }

        return next;
    }

    private (long From, long To) WindowOf(long position)
    {
        LocalDate day = Timeline.DayAt(position);
        LocalDate from = timeline.StartOfUnit(day.PlusDays(1 - window.Days), window.Widen!.Value);
        LocalDate end = timeline.EndOfUnit(day, window.Widen!.Value);
        return (Timeline.PositionOf(from), Timeline.PositionOf(end) - 1);
    }

    private static int Sum(ReadOnlySpan<Placed> contacts)
    {
        int sum = 0;
        foreach (Placed contact in contacts)
        {
            sum += contact.Weight;
        }

        return sum;
    }
}
