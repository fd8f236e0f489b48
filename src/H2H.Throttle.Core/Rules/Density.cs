using System.Buffers;
using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>How many contacts that count lie in one window with an attempt: what caps and gaps are made of.</summary>
/// <remarks>The attempt has to fit in every zone that counts and in every group that it belongs to.</remarks>
public sealed class Density
{
    public Density(Counting counting, Window window, WindowZone zone) =>
        (Counting, Window, Zone) = (counting, window, zone);

    public Counting Counting { get; }

    public Window Window { get; }

    public WindowZone Zone { get; }

    /// <summary>
    /// The kind of pool whose contacts all count; null, or the person is in no such pool: the person's alone.
    /// </summary>
    public string? Pool { get; init; }

    internal bool Fits(in Circumstances circumstances, Instant at, int limit)
    {
        if (WeightOf(circumstances) > limit)
        {
            return false;
        }

        foreach (DateTimeZone zone in ZonesOf(circumstances))
        {
            Timeline timeline = new(Window, zone, circumstances.Policy.WeekStarts);
            if (!HasRoomForAll(circumstances, timeline, at, limit) && !FitsExactly(circumstances, timeline, at, limit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first instant from <paramref name="at"/> on at which the attempt fits; null: never.</summary>
    internal Instant? FreeAt(in Circumstances circumstances, Instant at, int limit)
    {
        Circumstances given = circumstances;
        return Fixpoint.Least(at, PlacesOf(given), (place, from) => FreeFrom(given, place, from, limit));
    }

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which the attempt does not fit; null: it always does.
    /// </summary>
    internal Instant? BusyAt(in Circumstances circumstances, Instant at, int limit)
    {
        Instant? first = null;
        foreach (Place place in PlacesOf(circumstances))
        {
            Instant? busy = BusyFrom(circumstances, place, at, limit);
            first = first is null || busy < first ? busy : first;
        }

        return first;
    }

    /// <summary>
    /// The window around <paramref name="at"/> that leaves the least room, over all zones and groups.
    /// </summary>
    /// <remarks>Of a pool the sum is of all, but only the person's own contacts are named.</remarks>
    internal Fullest FullestAt(in Circumstances circumstances, Instant at)
    {
        Fullest? fullest = null;
        foreach (Place place in PlacesOf(circumstances))
        {
            Fullest found = FullestAt(circumstances, place, at);
            fullest = found.Used > (fullest?.Used ?? -1) ? found : fullest;
        }

        return fullest!;
    }

    /// <summary>Whether all contacts that could share a window with the attempt leave room for it.</summary>
    /// <remarks>Most attempts pass here, without placing a contact: then no window of theirs can be too full.</remarks>
    private bool HasRoomForAll(in Circumstances circumstances, Timeline timeline, Instant at, int limit)
    {
        (Instant from, Instant until) = ReachOf(timeline, at);
        ReadOnlySpan<LedgerContact> near = circumstances.Person.Ledger.Between(from, until);
        ReadOnlySpan<LedgerContact> others = OthersOf(circumstances).Between(from, until);
        if (!Counting.IsWeighted && near.Length + others.Length < limit)
        {
            return true;
        }

        int room = limit - WeightOf(circumstances);
        return TakesRoom(circumstances, near, ref room) && TakesRoom(circumstances, others, ref room);
    }

    /// <summary>From the first instant on, until the last, that one window can hold beside another.</summary>
    private (Instant From, Instant Until) ReachOf(Timeline timeline, Instant at)
    {
        if (IsWidened(out Window.LastDays? days))
        {
            return (at - days.Reach!.Value, at + days.Reach.Value);
        }

        long position = timeline.PositionOf(at);
        return (
            timeline.StartOf(position - timeline.Span + 1) ?? Instant.MinValue,
            timeline.StartOf(position + timeline.Span) ?? Instant.MaxValue);
    }

    /// <summary>False if there is less room than the contacts take.</summary>
    private bool TakesRoom(in Circumstances circumstances, ReadOnlySpan<LedgerContact> contacts, ref int room)
    {
        foreach (ref readonly LedgerContact contact in contacts)
        {
            room -= Counting.CountsForAny(circumstances, contact) ? WeightOf(contact) : 0;
            if (room < 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool FitsExactly(in Circumstances circumstances, Timeline timeline, Instant at, int limit)
    {
        foreach (string? subject in Counting.GroupsOf(circumstances.Traits))
        {
            if (FreeFrom(circumstances, new Place(timeline, subject), at, limit) != at)
            {
                return false;
            }
        }

        return true;
    }

    private Instant? FreeFrom(in Circumstances circumstances, Place place, Instant at, int limit)
    {
        Placed[] rented = Rent(circumstances);
        ReadOnlySpan<Placed> placed = Gather(circumstances, place, rented);
        long position = place.Timeline.PositionOf(at);
        int weight = WeightOf(circumstances);
        long? free = IsWidened(out Window.LastDays? days)
            ? new WidenedCrowd(placed, days, place.Timeline, weight, limit).FreeFrom(position)
            : new Crowd(placed, place.Timeline.Span, weight, limit).FreeFrom(position);
        ArrayPool<Placed>.Shared.Return(rented);

        return free == position ? at : free is { } later ? place.Timeline.StartOf(later) : null;
    }

    private Instant? BusyFrom(in Circumstances circumstances, Place place, Instant at, int limit)
    {
        Placed[] rented = Rent(circumstances);
        ReadOnlySpan<Placed> placed = Gather(circumstances, place, rented);
        long position = place.Timeline.PositionOf(at);
        int weight = WeightOf(circumstances);
        long? busy = IsWidened(out Window.LastDays? days)
            ? new WidenedCrowd(placed, days, place.Timeline, weight, limit).BusyFrom(position)
            : new Crowd(placed, place.Timeline.Span, weight, limit).BusyFrom(position);
        ArrayPool<Placed>.Shared.Return(rented);

        return busy == position ? at : busy is { } later ? place.Timeline.StartOf(later) : null;
    }

    private Placed[] Rent(in Circumstances circumstances) => ArrayPool<Placed>.Shared.Rent(
        circumstances.Person.Ledger.Contacts.Length + OthersOf(circumstances).Contacts.Length + 1);

    private Fullest FullestAt(in Circumstances circumstances, Place place, Instant at)
    {
        ImmutableArray<LedgerContact> contacts = circumstances.Person.Ledger.Contacts;
        Placed[] rented = Rent(circumstances);
        ReadOnlySpan<Placed> placed = Gather(circumstances, place, rented);
        long position = place.Timeline.PositionOf(at);
        int weight = WeightOf(circumstances);
        long span = place.Timeline.Span;
        ReadOnlySpan<Placed> window = placed;
        long last;
        if (IsWidened(out Window.LastDays? days))
        {
            WidenedCrowd crowd = new(placed, days, place.Timeline, weight, limit: 0);
            (long from, last) = crowd.FullestWindowAround(position);
            window = crowd.Within((from, last));
            span = last - from + 1;
        }
        else
        {
            window = new Crowd(placed, span, weight, limit: 0).HeaviestAround(position);
            last = window.IsEmpty ? position : Math.Max(position, window[^1].Position);
        }

        int used = 0;
        foreach (Placed one in window)
        {
            used += one.Weight;
        }

        IEnumerable<Placed> named = window.ToArray().Where(static one => one.Index != Placed.OfAnother);
        ImmutableArray<LedgerContact> counted =
            [.. named.TakeLast(Reason.CountedMax).Select(one => contacts[one.Index])];
        ArrayPool<Placed>.Shared.Return(rented);
        (Instant? start, Instant? end) = place.Timeline.BoundsOf(last, span);
        return new Fullest(used, counted, start, end);
    }

    /// <summary>What counts, the person's and the pool's, in the order of time.</summary>
    private ReadOnlySpan<Placed> Gather(in Circumstances circumstances, Place place, Placed[] placed)
    {
        int count = 0;
        int next = 0;
        ReadOnlySpan<LedgerContact> contacts = circumstances.Person.Ledger.Contacts.AsSpan();
        ReadOnlySpan<LedgerContact> others = OthersOf(circumstances).Contacts.AsSpan();
        for (int i = 0; i < contacts.Length; i++)
        {
            for (; next < others.Length && others[next].At < contacts[i].At; next++)
            {
                Add(circumstances, place, others[next], Placed.OfAnother, placed, ref count);
            }

            Add(circumstances, place, contacts[i], i, placed, ref count);
        }

        for (; next < others.Length; next++)
        {
            Add(circumstances, place, others[next], Placed.OfAnother, placed, ref count);
        }

        return placed.AsSpan(0, count);
    }

    private void Add(
        in Circumstances circumstances,
        Place place,
        in LedgerContact contact,
        int index,
        Placed[] placed,
        ref int count)
    {
        if (Counting.Counts(circumstances, contact, place.Subject))
        {
            placed[count++] = new Placed(place.Timeline.PositionOf(contact.At), WeightOf(contact), index);
        }
    }

    private PoolLedger OthersOf(in Circumstances circumstances) =>
        Pool is not null && circumstances.Person.Pools.TryGetValue(Pool, out Pool? pool)
            ? pool.Others
            : PoolLedger.Empty;

    private ImmutableArray<Place> PlacesOf(in Circumstances circumstances)
    {
        ImmutableArray<DateTimeZone> zones = ZonesOf(circumstances);
        ImmutableArray<string?> groups = Counting.GroupsOf(circumstances.Traits);
        IsoDayOfWeek weekStarts = circumstances.Policy.WeekStarts;
        return
        [
            .. from zone in zones
               from subject in groups
               select new Place(new Timeline(Window, zone, weekStarts), subject),
        ];
    }

    private ImmutableArray<DateTimeZone> ZonesOf(in Circumstances circumstances) =>
        Window.HasCalendar ? circumstances.ZonesOf(Zone) : CandidateZones.Utc;

    private int WeightOf(in LedgerContact contact) => Counting.IsWeighted ? contact.Weight : 1;

    private int WeightOf(in Circumstances circumstances) => Counting.IsWeighted ? circumstances.Weight : 1;

    private bool IsWidened([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Window.LastDays? days)
    {
        days = Window as Window.LastDays;
        return days?.Widen is not null;
    }

    /// <summary>Where to count: on which timeline, and for which subject.</summary>
    private readonly record struct Place(Timeline Timeline, string? Subject);
}
