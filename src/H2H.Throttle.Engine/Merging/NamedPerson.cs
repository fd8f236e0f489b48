using System.Collections.Immutable;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Merging;

/// <summary>A person, and by what else they are found.</summary>
/// <param name="Key">Stands for the person, whichever name they were asked for by.</param>
/// <param name="Person">What is known of them.</param>
/// <param name="Names">Besides the one that <paramref name="Key"/> is made of, in the order in which they came.</param>
public sealed record NamedPerson(PersonKey Key, Person Person, ImmutableArray<KnownName> Names)
{
    internal static NamedPerson Of(PersonRecord record) => new(
        record.Key,
        record.Person,
        [
            .. record.Aliases.Where(static alias => alias.IsAnsweredHere)
                .Select(static alias => new KnownName(alias.Kind, alias.At, alias.State is AliasState.Joined)),
        ]);
}
