using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Plans several contacts of one person.</summary>
/// <remarks>
/// One after another first, the most important as early as it is allowed. If that fits all of them, no plan is better.
/// Otherwise <see cref="PlanSearch"/> looks for one that is, in the sense of <see cref="Arrangement.IsBetterThan"/>.
/// </remarks>
/// <param name="person">As of now.</param>
/// <param name="bookings">Reserves and asks.</param>
internal sealed class Agenda(Person person, Bookings bookings)
{
    /// <param name="attempts">All of them for <c>span.Start</c>, which is not before now.</param>
    /// <param name="span">Where to place them.</param>
    public Plan Place(ImmutableArray<Attempt> attempts, Interval span)
    {
        int[] order =
        [
            .. Enumerable.Range(0, attempts.Length).OrderByDescending(index => attempts[index].Traits.Priority),
        ];
        ImmutableArray<Attempt> ordered = [.. order.Select(index => attempts[index])];
        PlanSearch search = new(bookings, ordered, span);

        Arrangement inTurn = OneAfterAnother(ordered, span);
        bool haveRoom = !inTurn.Times.Contains(null);
        Arrangement arrangement = haveRoom ? inTurn : search.Improve(person, inTurn);

        bool mayBeBeaten = search.IsCutShort || IsOfOneOrder(ordered, arrangement, haveRoom, span);
        return new Plan(Tell(ordered, arrangement, order, span), mayBeBeaten);
    }

    /// <summary>Whether another order in which to reserve them could lead to a better plan.</summary>
    /// <remarks>
    /// Where rules judge contacts by others and not those by them, the order matters, and one alone was tried: that in
    /// which the plan is told. None does better than to make each when it could be made alone, unless one lets another
    /// pass.
    /// </remarks>
    private bool IsOfOneOrder(
        ImmutableArray<Attempt> attempts, Arrangement arrangement, bool haveRoom, Interval span)
    {
        if (arrangement.Times.All(at => at == span.Start))
        {
            return false;
        }

        Reciprocity reciprocity = new(bookings.Policy, person, attempts, bookings.Now);
        return reciprocity.MayHelp
            || (!haveRoom
                && !reciprocity.Holds
                && !attempts.Select(one => bookings.EarliestOf(person, one, span)).SequenceEqual(arrangement.Times));
    }

    private Arrangement OneAfterAnother(ImmutableArray<Attempt> attempts, Interval span)
    {
        Person then = person;
        ImmutableArray<Instant?>.Builder times = ImmutableArray.CreateBuilder<Instant?>(attempts.Length);
        foreach (Attempt attempt in attempts)
        {
            Instant? at = bookings.EarliestOf(then, attempt, span);
            times.Add(at);
            then = at is { } placed ? bookings.Reserve(then, attempt, placed) : then;
        }

        return new Arrangement(times.MoveToImmutable());
    }

    private ImmutableArray<Placement> Tell(
        ImmutableArray<Attempt> attempts, Arrangement arrangement, int[] order, Interval span)
    {
        Person then = person;
        List<Placement> placements = [];
        List<int> left = [];
        for (int i = 0; i < attempts.Length; i++)
        {
            if (arrangement.Times[i] is { } at)
            {
                placements.Add(new Placement(order[i], at, null, bookings.CautionsOf(then, attempts[i], at)));
                then = bookings.Reserve(then, attempts[i], at);
            }
            else
            {
                left.Add(i);
            }
        }

        // Where a rule lets a contact pass only after others, it comes last.
        while (left.FindIndex(i => bookings.EarliestOf(then, attempts[i], span) is not null) is >= 0 and int found)
        {
            int i = left[found];
            Instant at = bookings.EarliestOf(then, attempts[i], span)!.Value;
            placements.Add(new Placement(order[i], at, null, bookings.CautionsOf(then, attempts[i], at)));
            then = bookings.Reserve(then, attempts[i], at);
            left.RemoveAt(found);
        }

        placements.AddRange(left.Select(i => new Placement(order[i], null, bookings.Decide(then, attempts[i]), [])));
        return [.. placements];
    }
}
