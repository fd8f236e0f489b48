using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Core.People;

/// <summary>All that is known of a person: who they are to the rules, what they said, and their contacts.</summary>
public sealed record Person
{
    public const int AttributesMax = 64;
    public const int AttributeLengthMax = 128;

    private static readonly ImmutableSortedDictionary<string, Pool> NoPools =
        ImmutableSortedDictionary.Create<string, Pool>(StringComparer.Ordinal);

    /// <summary>A person of whom nothing is known.</summary>
    public static Person Unknown { get; } = new();

    /// <summary>The most candidate zones that one person has.</summary>
    public const int ZonesMax = 16;

    /// <summary>Null: not known; then every candidate zone counts.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>
    /// The candidates, where the zone is not known but not any zone of the country either: an area code tells one, an
    /// address another. Empty: nothing tells.
    /// </summary>
    public ImmutableArray<DateTimeZone> Zones { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2, upper case; null: not known.</summary>
    public string? Country { get; init; }

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    public Statements Statements { get; init; } = Statements.None;

    public ImmutableArray<Snooze> Snoozes { get; init; } = [];

    public ImmutableArray<PersonLimit> Limits { get; init; } = [];

    /// <summary>Times that the person named as inconvenient.</summary>
    public ImmutableArray<PersonQuiet> QuietTimes { get; init; } = [];

    public ImmutableArray<GivenConsent> Consents { get; init; } = [];

    /// <summary>The most holds that one person has at a time.</summary>
    public const int HoldsMax = 64;

    /// <summary>The names of what the business has put on hold.</summary>
    public ImmutableSortedSet<string> Holds { get; init; } = ImmutableSortedSet<string>.Empty;

    /// <summary>The pools that the person is in, by kind.</summary>
    public ImmutableSortedDictionary<string, Pool> Pools { get; init; } = NoPools;

    public Ledger Ledger { get; init; } = Ledger.Empty;

    /// <summary>
    /// With a consent more. What is in force under that name for no more than its scope ends when it begins; what has
    /// ended stays known for as long as there is room.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// <see cref="GivenConsent.ConsentsMax"/> have not ended yet.
    /// </exception>
    public Person Agreeing(GivenConsent given) => WithConsents(
        Ending(new ConsentEnd(given.From, LedgerEvent.ConsentGiven), old => IsReplaced(old, given) ? given.Scope : null)
            .Add(given),
        given.From);

    /// <summary>
    /// With what was agreed to under a name taken back, for a scope, from now on. What was given for more stays in
    /// force for the rest.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// More than <see cref="GivenConsent.ExceptMax"/> parts of one consent are taken back.
    /// </exception>
    public Person TakingBack(string consent, Scope scope, Instant now) => WithConsents(
        Ending(
            new ConsentEnd(now, LedgerEvent.ConsentRevoked),
            old => old.Name == consent && scope.Overlaps(old.Scope) ? scope : null),
        now);

    /// <summary>
    /// With a ledger from which something was left out. A consent that ended by it stays ended.
    /// </summary>
    public Person Forgetting(Ledger remaining) => this with
    {
        Ledger = remaining,
        Consents = Consents.All(static given => given.EndsOn.IsEmpty)
            ? Consents
            : [.. Consents.Select(given => given.EndingIn(Ledger) is { } end && given.EndingIn(remaining) != end
                ? given.Ended(end)
                : given)],
    };

    /// <summary>With an event more; if there are too many, the oldest is forgotten.</summary>
    public Person Experiencing(LedgerEvent happened)
    {
        Person person = Ledger.Events.Length < Ledger.EventsMax ? this : Forgetting(Ledger.WithoutOldestEvent());
        return person with { Ledger = person.Ledger.Add(happened) };
    }

    private static bool IsReplaced(GivenConsent old, GivenConsent given) =>
        old.Name == given.Name && old.From <= given.From && given.Scope.Contains(old.Scope);

    private ImmutableArray<GivenConsent> Ending(ConsentEnd end, Func<GivenConsent, Scope?> takenFrom)
    {
        Instant now = end.At;
        ImmutableArray<GivenConsent>.Builder consents = ImmutableArray.CreateBuilder<GivenConsent>(Consents.Length);
        foreach (GivenConsent given in Consents)
        {
            if (given.EndIn(Ledger) <= now || takenFrom(given) is not { } taken)
            {
                consents.Add(given);
                continue;
            }

            if (given.From < now)
            {
                consents.Add(given.Ended(end));
            }

            if (!taken.Contains(given.Scope))
            {
                consents.Add(given.Without(taken, now));
            }
        }

        return consents.ToImmutable();
    }

    private Person WithConsents(ImmutableArray<GivenConsent> consents, Instant now)
    {
        while (consents.Length > GivenConsent.ConsentsMax)
        {
            GivenConsent ended = consents.Where(given => given.EndIn(Ledger) <= now).MinBy(given => given.EndIn(Ledger))
                ?? throw new InvalidOperationException($"A person has at most {GivenConsent.ConsentsMax} consents.");
            consents = consents.Remove(ended);
        }

        return this with { Consents = consents };
    }
}
