using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests.Oracles;

/// <summary>Tries every way to put contacts on the full hours of a span, or to leave them out.</summary>
/// <param name="policy">In force; its hours and windows change on full hours alone.</param>
/// <param name="span">Where to place them.</param>
internal sealed class EveryPlan(Policy policy, Interval span)
{
    public static readonly Duration Lives = Duration.FromMinutes(15);

    private readonly Instant[] hours =
        [.. Enumerable.Range(0, (int)span.Duration.TotalHours).Select(i => span.Start + Duration.FromHours(i))];

    private Instant?[] best = [];

    /// <summary>When each of the best plan is, the most important first; null: it is left out.</summary>
    /// <param name="person">As of now.</param>
    /// <param name="attempts">The most important first.</param>
    public Instant?[] BestOf(Person person, ImmutableArray<Attempt> attempts)
    {
        best = [.. attempts.Select(static _ => (Instant?)null)];
        Try(person, attempts, []);
        return best;
    }

    public static Person Reserving(Person person, Attempt attempt) => person with
    {
        Ledger = person.Ledger.Add(new LedgerContact(
            new ContactNumber(person.Ledger.Contacts.Length + 1), attempt.At, attempt.Traits, attempt.Weight,
            ContactState.Reserved, attempt.At + Lives, null, attempt.At)),
    };

    private void Try(Person person, ImmutableArray<Attempt> attempts, ImmutableArray<Instant?> times)
    {
        int left = attempts.Length - times.Length;
        if (left == 0)
        {
            best = IsBetter([.. times], best) ? [.. times] : best;
            return;
        }

        if (times.Count(static at => at is not null) + left < best.Count(static at => at is not null))
        {
            return;
        }

        foreach (Instant hour in hours)
        {
            Attempt asked = attempts[times.Length];
            Attempt attempt = new(asked.Traits, hour, asked.Weight);
            if (Decider.Decide(policy, person, attempt, span.Start) is Decision.Allowed)
            {
                Try(Reserving(person, attempt), attempts, times.Add(hour));
            }
        }

        Try(person, attempts, times.Add(null));
    }

    /// <summary>More of them; else more important ones; else the more important ones earlier.</summary>
    private static bool IsBetter(Instant?[] one, Instant?[] other)
    {
        (int Placed, string Which) mine = (one.Count(static at => at is not null), WhichOf(one));
        (int Placed, string Which) theirs = (other.Count(static at => at is not null), WhichOf(other));
        if (mine != theirs)
        {
            return mine.CompareTo(theirs) > 0;
        }

        int differing = Enumerable.Range(0, one.Length).FirstOrDefault(i => one[i] != other[i], -1);
        return differing >= 0 && one[differing] < other[differing];
    }

    private static string WhichOf(Instant?[] plan) => string.Concat(plan.Select(static at => at is null ? '0' : '1'));
}
