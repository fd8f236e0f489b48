using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>Looks for the best way to place several contacts where one after another does not fit them all.</summary>
/// <remarks>
/// <para>
/// It tries the orders in which they can be made, each contact as soon after the one before as it is allowed. That is
/// enough: in the best plan none can be moved forward, and to move one forward without passing another makes no window
/// fuller, be it rolling or of a calendar, nor any gap to a later one shorter. An order is given up once the best that
/// may become of it is no better than what was found: each contact that is left as if it alone were next, and none
/// that does not fit any more. (Scheduling by "semi-active" schedules, branch and bound.)
/// </para>
/// <para>
/// A row that must be balanced may let a contact pass after another one, so such policies give up less. A rule that
/// judges one kind of contact by another judges only those of the first kind, so what is best then depends on the order
/// in which they are reserved: a plan that could not be reserved as it will be told is not taken.
/// </para>
/// </remarks>
/// <param name="bookings">Reserves and asks.</param>
/// <param name="attempts">The most important first.</param>
/// <param name="span">Where to place them.</param>
internal sealed class PlanSearch(Bookings bookings, ImmutableArray<Attempt> attempts, Interval span)
{
    /// <summary>How often it may ask when a contact is allowed; then it ends with the best plan found so far.</summary>
    public const int StepsMax = 5_000;

    private const int SlotsLookedAt = 16;

    private readonly Likeness likeness = new(bookings.Policy);
    private readonly bool mayHelp = bookings.Policy.Rules.Any(static rule => rule is Balance);
    private Instant?[] deadlines = [];
    private Arrangement best = new([]);
    private int steps;

    /// <summary>Whether it ended at its bound.</summary>
    public bool IsCutShort => steps >= StepsMax;

    /// <param name="person">As of now.</param>
    /// <param name="found">A plan that can be reserved.</param>
    /// <returns>The same, or a better one that can be reserved.</returns>
    public Arrangement Improve(Person person, Arrangement found)
    {
        best = found;
        deadlines = [.. attempts.Select(attempt => bookings.LastEnd(person, attempt, span, SlotsLookedAt))];
        Visit(person, new Arrangement([.. attempts.Select(static _ => (Instant?)null)]), span.Start);
        return best;
    }

    /// <param name="then">With those reserved that are placed.</param>
    /// <param name="placed">So far.</param>
    /// <param name="from">When the last of them is: the others come later, or at once after it.</param>
    private void Visit(Person then, Arrangement placed, Instant from)
    {
        Instant?[] next = NextOf(then, placed, from);
        Arrangement bound = new(
            [.. placed.Times.Select((at, i) => at ?? next[i] ?? (mayHelp ? from : null))]);
        if (IsCutShort || !bound.IsBetterThan(best))
        {
            return;
        }

        int[] open = [.. Enumerable.Range(0, next.Length).Where(i => next[i] is not null && !IsAlike(i, next))];
        if (open.Length == 0 && placed.IsBetterThan(best) && bookings.CanReserve(attempts, placed))
        {
            best = placed;
        }

        foreach (int i in open.OrderBy(i => next[i]).ThenBy(i => deadlines[i]))
        {
            Instant at = next[i]!.Value;
            Visit(bookings.Reserve(then, attempts[i], at), placed.With(i, at), at);
        }
    }

    /// <summary>When each that is not placed could be next; null: not any more, or it is placed.</summary>
    private Instant?[] NextOf(Person then, Arrangement placed, Instant from)
    {
        Instant?[] next = new Instant?[attempts.Length];
        for (int i = 0; i < next.Length && !IsCutShort; i++)
        {
            if (placed.Times[i] is null)
            {
                steps++;
                next[i] = bookings.EarliestOf(then, attempts[i], new Interval(from, span.End));
            }
        }

        return next;
    }

    /// <summary>Whether no rule tells it from a more important one that is left: that one comes first, then.</summary>
    private bool IsAlike(int index, Instant?[] next)
    {
        for (int i = 0; i < index; i++)
        {
            if (next[i] is not null && likeness.AreAlike(attempts[i], attempts[index]))
            {
                return true;
            }
        }

        return false;
    }
}
