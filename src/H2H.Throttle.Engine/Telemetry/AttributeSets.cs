using System.Collections.Concurrent;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>The attribute sets of one instrument: each made once, and no more of them than agreed.</summary>
/// <remarks>Safe from any thread. Finding one that is known allocates nothing.</remarks>
/// <param name="setsMax">How many are told apart; what comes after them is <see cref="Other"/>.</param>
/// <param name="make">The attributes of a key.</param>
internal sealed class AttributeSets<TKey>(int setsMax, Func<TKey, KeyValuePair<string, object?>[]> make)
    where TKey : struct, IEquatable<TKey>
{
    /// <summary>Stands for every name that would be one too many.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<TKey, KeyValuePair<string, object?>[]> made = new();
    private int count;

    /// <param name="key">What happened.</param>
    /// <param name="other">The same, with <see cref="Other"/> for what there may be too many of.</param>
    public KeyValuePair<string, object?>[] Of(TKey key, TKey other)
    {
        if (made.TryGetValue(key, out KeyValuePair<string, object?>[]? known))
        {
            return known;
        }

        if (Volatile.Read(ref count) >= setsMax)
        {
            return made.GetOrAdd(other, make);
        }

        if (made.TryAdd(key, make(key)))
        {
            Interlocked.Increment(ref count);
        }

        return made[key];
    }
}
