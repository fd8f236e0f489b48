using System.Collections.Immutable;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Engine.Pools;

/// <summary>The pools of a person, and the person, all seen within one call.</summary>
/// <remarks>Pools are loaded before people: what a claim that is gone has come to is in a record seen here.</remarks>
internal sealed record PoolView(SeenPerson Person, ImmutableArray<SeenPool> Pools)
{
    /// <summary>The person with what the others of each pool have had.</summary>
    public Person Fill(Person person)
    {
        ImmutableSortedDictionary<string, Pool> pools = person.Pools;
        foreach (SeenPool seen in Pools)
        {
            pools = pools.SetItem(seen.Kind, new Pool(seen.Stored.Key.Text) { Others = seen.Others });
        }

        return person with { Pools = pools };
    }
}
