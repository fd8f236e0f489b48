using System.Collections.Frozen;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Which facts of the journal are a person's: those under any of their names.</summary>
/// <remarks>
/// The journal forgets nothing, but what it has of before an erasure is nobody's any more: not told to whoever asks for
/// the person. It ends with the day, for the exact time would tell which names were one person's.
/// </remarks>
internal sealed class Trace
{
    private readonly FrozenDictionary<string, Instant> toldFrom;
    private readonly IdentityHasher hasher;

    private Trace(FrozenDictionary<string, Instant> toldFrom, IdentityHasher hasher) =>
        (this.toldFrom, this.hasher) = (toldFrom, hasher);

    /// <param name="name">Any of theirs.</param>
    /// <param name="people">Where they are kept.</param>
    /// <param name="hasher">Has the keys of every generation.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async ValueTask<Trace> OfAsync(
        PersonKey name, PersonStore people, IdentityHasher hasher, CancellationToken cancellation)
    {
        PersonRecord record = await people.LoadAsync(name, cancellation).ConfigureAwait(false);
        Dictionary<string, Instant> toldFrom = [];
        foreach (PersonKey one in record.Aliases.Select(static alias => alias.Key).Append(record.Key).Append(name))
        {
            PersonRecord there = await people.LookAsync(one, cancellation).ConfigureAwait(false);
            toldFrom[one.Text] = there.ToldFrom ?? Instant.MinValue;
        }

        return new Trace(toldFrom.ToFrozenDictionary(StringComparer.Ordinal), hasher);
    }

    public bool Has(JournalFact fact) => hasher.ReadingsOf(fact.Subject)
        .Any(subject => toldFrom.TryGetValue(subject, out Instant from) && fact.At >= from);
}
