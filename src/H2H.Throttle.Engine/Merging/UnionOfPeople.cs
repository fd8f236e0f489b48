using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>What is known of two people who are one, so that they are protected at least as well as each was.</summary>
/// <remarks>
/// Every opt-out of either holds: an opt-in of the one that would lift an opt-out of the other is left out. A consent
/// that the one gave and the other took back since is taken back. Snoozes, limits, quiet times, holds: all. Two zones
/// become candidates, in each of which contact must be allowed. Of the country, of an attribute and of a pool of one
/// kind the target's holds where both have one.
/// </remarks>
internal static class UnionOfPeople
{
    /// <summary>Without the ledger.</summary>
    public static Person Of(Person target, Person source) => new()
    {
        Zone = ZonesOf(target, source) is [var only] && (target.Zone ?? source.Zone) is not null ? only : null,
        Zones = ZonesOf(target, source) is { Length: > 1 } several ? several : [],
        Country = target.Country ?? source.Country,
        Attributes = source.Attributes.SetItems(target.Attributes) is { Count: <= Person.AttributesMax } all
            ? all
            : target.Attributes,
        Statements = StatementsOf(target.Statements, source.Statements),
        Snoozes =
        [
            .. target.Snoozes.Union(source.Snoozes)
                .OrderByDescending(static snooze => snooze.Until).Take(Snooze.SnoozesMax),
        ],
        Limits = [.. target.Limits.Union(source.Limits).Take(PersonLimit.LimitsMax)],
        QuietTimes = [.. target.QuietTimes.Union(source.QuietTimes).Take(PersonQuiet.QuietMax)],
        Consents = ConsentsOf(target, source),
        Holds = [.. target.Holds.Union(source.Holds).Take(Person.HoldsMax)],
        Pools = source.Pools.SetItems(target.Pools),
    };

    /// <summary>Why not all that protects would have room in the union; null: it has.</summary>
    public static string? LackOfRoom(Person target, Person source) =>
        target.Statements.Items.Length + source.Statements.Items.Length > Statements.StatementsMax
            ? $"they said more than {Statements.StatementsMax} different things; opt one out of everything first"
        : target.Limits.Union(source.Limits).Count() > PersonLimit.LimitsMax
            ? $"they have more than {PersonLimit.LimitsMax} limits of their own; remove some with UpdatePerson first"
        : target.QuietTimes.Union(source.QuietTimes).Count() > PersonQuiet.QuietMax
            ? $"they have more than {PersonQuiet.QuietMax} quiet times; remove some with UpdatePerson first"
        : target.Holds.Union(source.Holds).Count > Person.HoldsMax
            ? $"they have more than {Person.HoldsMax} holds; lift some first"
        : source.Pools.SetItems(target.Pools).Count > Pool.PoolsMax
            ? $"they are in more than {Pool.PoolsMax} pools; take one out of some first"
        : target.Ledger.Contacts.Length + source.Ledger.Contacts.Length > Ledger.ContactsMax
            ? $"they have more than {Ledger.ContactsMax} contacts that rules still look at"
        : null;

    private static ImmutableArray<DateTimeZone> ZonesOf(Person target, Person source) =>
        [.. CandidatesOf(target).Union(CandidatesOf(source)).Take(Person.ZonesMax)];

    private static ImmutableArray<DateTimeZone> CandidatesOf(Person person) =>
        person.Zone is { } zone ? [zone] : person.Zones;

    private static Statements StatementsOf(Statements target, Statements source)
    {
        ImmutableArray<Statement> all =
        [
            .. Without(target, source).Union(Without(source, target)).OrderBy(static statement => statement.At),
        ];
        return all.Length <= Statements.StatementsMax
            ? Statements.Of(all)
            : Statements.None.With(new Statement(IsOptOut: true, Scope.Everything, all[^1].At, null));
    }

    /// <summary>What the one said but for the opt-ins that would lift an opt-out of the other.</summary>
    private static IEnumerable<Statement> Without(Statements one, Statements other) => one.Items.Where(said =>
        said.IsOptOut
        || !other.InForce.Any(no => said.Scope.Contains(no.Scope) || no.Scope.Contains(said.Scope)));

    private static ImmutableArray<GivenConsent> ConsentsOf(Person target, Person source)
    {
        ImmutableArray<GivenConsent> ofTarget = Ended(target);
        ImmutableArray<GivenConsent> ofSource = Ended(source);
        return
        [
            .. ofTarget.Select(given => Less(given, ofSource))
                .Union(ofSource.Select(given => Less(given, ofTarget)), SameConsent.Comparer)
                .OrderByDescending(static given => given.Until ?? Instant.MaxValue)
                .Take(GivenConsent.ConsentsMax)
                .OrderBy(static given => given.From),
        ];
    }

    /// <summary>The consents of a person, each with the end that it has come to by what is in the ledger.</summary>
    private static ImmutableArray<GivenConsent> Ended(Person person) =>
    [
        .. person.Consents.Select(given => given.EndingIn(person.Ledger) is { } end ? given.Ended(end) : given),
    ];

    /// <summary>A consent less what the other took back of one with its name since.</summary>
    private static GivenConsent Less(GivenConsent given, ImmutableArray<GivenConsent> others)
    {
        foreach (GivenConsent other in others.Where(one =>
            one.Name == given.Name && one.Scope.Overlaps(given.Scope)))
        {
            if (other.EndedBy == LedgerEvent.ConsentRevoked && other.Until is { } end && end >= given.From
                && !(given.Until <= end))
            {
                given = given.Ended(new ConsentEnd(Instant.Max(end, given.From), other.EndedBy));
            }

            foreach (Scope taken in other.Except.Where(taken =>
                other.From >= given.From && given.Except.Length < GivenConsent.ExceptMax))
            {
                given = given with { Except = given.Except.RemoveAll(taken.Contains).Add(taken) };
            }
        }

        return given;
    }
}
