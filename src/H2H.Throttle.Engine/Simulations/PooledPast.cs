using System.Collections.Immutable;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Puts people aside who share pools, until all who share them are there.</summary>
/// <param name="kinds">The kinds of pool over which rules count.</param>
internal sealed class PooledPast(ImmutableArray<string> kinds)
{
    /// <summary>The most contacts that are put aside; who comes later is judged alone.</summary>
    public const long ContactsMax = 5_000_000;

    /// <summary>The most people who are put to a policy together.</summary>
    public const int GroupMax = 1000;

    private readonly List<Past> people = [];
    private readonly List<int> parents = [];
    private readonly Dictionary<string, int> firstOf = new(StringComparer.Ordinal);
    private long contacts;

    /// <summary>The pool by which a person is sampled: the first of those that count; null: they are in none.</summary>
    public string? PoolOf(Person person)
    {
        foreach (string kind in kinds)
        {
            if (person.Pools.TryGetValue(kind, out Pool? pool))
            {
                return pool.Key;
            }
        }

        return null;
    }

    /// <returns>False: there is no room.</returns>
    public bool TryAdd(Past past)
    {
        if (contacts + past.Person.Ledger.Contacts.Length + 1 > ContactsMax)
        {
            return false;
        }

        contacts += past.Person.Ledger.Contacts.Length + 1;
        int place = people.Count;
        people.Add(past);
        parents.Add(place);
        foreach (string kind in kinds)
        {
            if (!past.Person.Pools.TryGetValue(kind, out Pool? pool))
            {
                continue;
            }

            if (!firstOf.TryAdd(pool.Key, place))
            {
                parents[RootOf(place)] = RootOf(firstOf[pool.Key]);
            }
        }

        return true;
    }

    /// <summary>Those who share pools, also by way of others, together.</summary>
    public IEnumerable<ImmutableArray<Past>> Groups() => Enumerable.Range(0, people.Count)
        .GroupBy(RootOf)
        .Select(group => group.Select(place => people[place]).ToImmutableArray());

    private int RootOf(int place)
    {
        while (parents[place] != place)
        {
            place = parents[place] = parents[parents[place]];
        }

        return place;
    }
}
