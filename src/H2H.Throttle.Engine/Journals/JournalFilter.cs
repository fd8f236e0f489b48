using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Journals;

/// <summary>Which facts are wanted, checked.</summary>
internal sealed class JournalFilter
{
    private readonly FrozenSet<string> kinds;
    private readonly Trace? person;
    private readonly Instant? from;
    private readonly Instant? until;
    private readonly string? caller;
    private readonly ImmutableArray<string> brands;

    /// <param name="query">Checked.</param>
    /// <param name="person">About whom; null: anybody.</param>
    public JournalFilter(JournalQuery query, Trace? person)
    {
        kinds = query.Kinds.ToFrozenSet(StringComparer.Ordinal);
        this.person = person;
        (from, until, brands) = (query.From, query.Until, query.Brands);
        caller = string.IsNullOrEmpty(query.Caller) ? null : query.Caller;
    }

    /// <returns>The name of the person that is asked for; null: none is.</returns>
    public static PersonName? Check(JournalQuery query, PersonNames names, Problems problems)
    {
        problems.Require(
            query.Kinds.Length <= JournalQuery.KindsMax,
            ProblemReason.JournalKindUnknown,
            "filter.kinds",
            $"filter.kinds has {query.Kinds.Length} kinds; at most {JournalQuery.KindsMax} are allowed.");
        foreach (string kind in query.Kinds.Where(static kind => !JournalKinds.IsKnown(kind)).Take(1))
        {
            problems.Add(
                ProblemReason.JournalKindUnknown,
                "filter.kinds",
                $"filter.kinds has one that there is not; there are {string.Join(", ", JournalKinds.All)}.");
        }

        PersonName? person = string.IsNullOrEmpty(query.PersonId)
            ? null
            : names.Read(query.PersonId, "filter.person_id", problems);
        problems.CheckText(query.Caller, "filter.caller", Actor.IdLengthMax + Actor.ThroughLengthMax);
        problems.Require(
            query.From is null || query.Until is null || query.From < query.Until,
            ProblemReason.TimeOutOfRange,
            "filter.until",
            "filter.until must be after filter.from.");
        return person;
    }

    public bool Admits(JournalFact fact) =>
        (kinds.Count == 0 || kinds.Contains(fact.Kind))
        && (person is null || person.Has(fact))
        && (from is null || fact.At >= from)
        && (until is null || fact.At < until)
        && (caller is null || IsBy(fact, caller))
        && (brands.IsDefault || IsOfBrand(fact));

    private static bool IsBy(JournalFact fact, string caller) =>
        fact.ReadActor() is { } actor && (actor.Id == caller || actor.Name == caller);

    private bool IsOfBrand(JournalFact fact) =>
        fact.ReadParticulars(out _).TryGetValue(People.ConsentFacts.Brand, out string? brand)
        && brands.Contains(brand);
}
