using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Engine.Policies.Scenarios;

/// <summary>The people of a scenario in memory, each of whom knows what the others of their pools have had.</summary>
internal sealed class ScenarioPeople
{
    private readonly Dictionary<string, Person> people;
    private string current;

    /// <summary>All as the scenario begins; its first person is the current one.</summary>
    public ScenarioPeople(Scenario scenario)
    {
        current = scenario.People[0];
        people = scenario.People.ToDictionary(static name => name, _ => scenario.Person);
        foreach (ScenarioPool pool in scenario.Pools)
        {
            foreach (string name in pool.People)
            {
                people[name] = Joining(people[name], pool.Kind);
            }
        }
    }

    /// <summary>Whom steps are about now.</summary>
    public Person Current
    {
        get => people[current] with { Pools = Seen(people[current]) };
        set => people[current] = value;
    }

    public void TurnTo(string name) => current = name;

    public static Person Joining(Person person, string kind) =>
        person with { Pools = person.Pools.SetItem(kind, new Pool(kind)) };

    public static Person Leaving(Person person, string kind) => person with { Pools = person.Pools.Remove(kind) };

    private ImmutableSortedDictionary<string, Pool> Seen(Person person)
    {
        ImmutableSortedDictionary<string, Pool> pools = person.Pools;
        foreach (string kind in person.Pools.Keys)
        {
            IEnumerable<LedgerContact> others = people
                .Where(other => other.Key != current && other.Value.Pools.ContainsKey(kind))
                .SelectMany(static other => other.Value.Ledger.Contacts);
            pools = pools.SetItem(kind, new Pool(kind) { Others = PoolLedger.Of(others) });
        }

        return pools;
    }
}
