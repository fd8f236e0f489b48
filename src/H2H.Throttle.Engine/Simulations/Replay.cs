using System.Collections.Immutable;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>
/// What a policy would have said of every contact, had it been in force all along: they are put to it in the order in
/// which they were asked for, and only those that it admits count against later ones.
/// </summary>
/// <remarks>
/// Contacts that came in count and are not judged; what was given back counts for nothing. Rules that warn or observe
/// are told of and refuse nothing, since who overrode them is not in a ledger.
/// </remarks>
internal static class Replay
{
    /// <param name="policy">Without rules of which the past is not known, see <see cref="ReplayedRules"/>.</param>
    /// <param name="group">People who share pools that the policy counts over; else one.</param>
    /// <returns>All that went out, ordered as it was asked for: the same order for every policy.</returns>
    public static List<JudgedContact> Of(Policy policy, IReadOnlyList<Past> group)
    {
        ReplayedPerson[] people = [.. group.Select(static past => new ReplayedPerson(past.Person))];
        bool isPooled = !policy.PoolKinds.IsEmpty && group.Count > 1;
        List<JudgedContact> judged = [];
        foreach (PastEntry entry in EntriesOf(group))
        {
            LedgerContact contact = entry.Contact;
            Instant asked = entry.Asked;
            Person person = people[entry.Who].At(asked);
            if (contact.Traits.Direction is Direction.Out)
            {
                if (isPooled)
                {
                    person = Among(policy, people, entry.Who, person, asked);
                }

                Attempt attempt = new(contact.Traits, contact.At, contact.Weight);
                ImmutableArray<Rule> unmet = Decider.Unmet(policy, person, attempt, asked);
                JudgedContact answer = new(entry.Who, contact, entry.WasRefused, unmet);
                judged.Add(answer);
                if (answer.IsRefused)
                {
                    continue;
                }
            }

            people[entry.Who].Have(contact, asked);
        }

        return judged;
    }

    private static List<PastEntry> EntriesOf(IReadOnlyList<Past> group)
    {
        List<PastEntry> entries = [];
        for (int who = 0; who < group.Count; who++)
        {
            foreach (LedgerContact contact in group[who].Person.Ledger.Contacts)
            {
                if (contact.State is not ContactState.Released)
                {
                    entries.Add(new PastEntry(who, contact, WasRefused: false));
                }
            }

            foreach (LedgerContact contact in group[who].Refused)
            {
                entries.Add(new PastEntry(who, contact, WasRefused: true));
            }
        }

        entries.Sort();
        return entries;
    }

    /// <summary>With what the others in the person's pools have had by then.</summary>
    private static Person Among(Policy policy, ReplayedPerson[] people, int who, Person person, Instant asked)
    {
        ImmutableSortedDictionary<string, Pool> pools = person.Pools;
        foreach ((string kind, Pool own) in person.Pools)
        {
            if (policy.PoolKinds.Contains(kind))
            {
                pools = pools.SetItem(kind, own with
                {
                    Others = PoolLedger.Of(people
                        .Where((other, place) => place != who)
                        .Select(other => other.At(asked))
                        .Where(other => other.Pools.TryGetValue(kind, out Pool? pool) && pool.Key == own.Key)
                        .SelectMany(static other => other.Ledger.Contacts)),
                });
            }
        }

        return person with { Pools = pools };
    }
}
