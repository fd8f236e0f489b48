using System.Collections.Immutable;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;

namespace H2H.Throttle.Core.Rules;

/// <summary>Tells contacts apart: all conditions must hold. Without conditions it matches everything.</summary>
public sealed class Matcher
{
    private readonly Condition.Outcome? outcome;

    public Matcher(ImmutableArray<Condition> conditions)
    {
        Conditions = conditions;
        NamesEvent = conditions.Any(static condition => condition is Condition.Event);
        outcome = conditions.OfType<Condition.Outcome>().FirstOrDefault();
        NamesDirection =
            conditions.Any(static condition => condition is Condition.Trait { Key: TraitKey.Direction });
    }

    public static Matcher Any { get; } = new([]);

    public ImmutableArray<Condition> Conditions { get; }

    /// <summary>With those inside of a <c>not</c>.</summary>
    internal IEnumerable<Condition> AllConditions => Conditions.SelectMany(static condition =>
        condition is Condition.Not not ? not.Matcher.AllConditions : [condition]);

    /// <summary>Whether an <c>event</c> key of it says that it is about events; only then do events match.</summary>
    public bool NamesEvent { get; }

    /// <summary>Whether an <c>outcome</c> key of it says what became of contacts.</summary>
    public bool NamesOutcome => outcome is not null;

    /// <summary>Whether a <c>direction</c> key of it says which way contacts go.</summary>
    public bool NamesDirection { get; }

    /// <summary>
    /// False if no contact that ended so matches: the quickest look, and most contacts need no other.
    /// </summary>
    internal bool MayMatch(in LedgerContact contact) =>
        !NamesEvent && (outcome is null || Glob.AnyMatches(outcome.AnyOf, contact.Outcome));

    public bool Matches(in Happening happening, Person person) =>
        (happening.Event is null || NamesEvent) && AllHold(happening, person);

    /// <summary>The same for the inside of a <c>not</c>, which excludes events without being about them.</summary>
    internal bool AllHold(in Happening happening, Person person)
    {
        foreach (Condition condition in Conditions)
        {
            if (!condition.Matches(happening, person))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a <c>purpose</c> key of it, outside any <c>not</c>, names this purpose.</summary>
    public bool NamesPurpose(string purpose)
    {
        foreach (Condition condition in Conditions)
        {
            if (condition is Condition.Trait { Key: TraitKey.Purpose } named && named.AnyMatches(purpose))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same without what is said of the person: <c>when</c> as a default for <c>counting</c>.</summary>
    public Matcher AboutContact() => new([.. Conditions.Where(static condition => condition.IsAboutContact)]);
}
