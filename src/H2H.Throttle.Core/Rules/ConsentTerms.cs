using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Which consents a rule honours, and for how long.</summary>
/// <remarks>
/// A consent ends when it was given to end, and for the rule also after the time and by the happenings that it names:
/// what a law says of consents holds even where nobody wrote it into the consent.
/// </remarks>
public sealed record ConsentTerms
{
    /// <param name="name">The consent's name.</param>
    public ConsentTerms(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, GivenConsent.NameLengthMax);
        Name = name;
    }

    public string Name { get; }

    /// <summary>From its start on; null: for as long as it was given.</summary>
    public Silence? Lasts { get; init; }

    /// <summary>Outcomes and events that end it, if they come after its start and are within its scope.</summary>
    public ImmutableArray<string> EndsOn { get; init; } = [];

    public bool Equals(ConsentTerms? other) =>
        other is not null && Name == other.Name && Lasts == other.Lasts && EndsOn.SequenceEqual(other.EndsOn);

    public override int GetHashCode() => HashCode.Combine(Name, Lasts, EndsOn.Length);

    /// <summary>Whether a consent of that name covers such a contact and is in force then.</summary>
    internal bool IsMet(Person person, ContactTraits traits, Instant at)
    {
        foreach (GivenConsent given in person.Consents)
        {
            if (IsMetBy(given, person, traits, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first instant from <paramref name="at"/> on at which one is in force; null: never.</summary>
    internal Instant? MetFrom(Person person, ContactTraits traits, Instant at)
    {
        if (IsMet(person, traits, at))
        {
            return at;
        }

        Instant? first = null;
        foreach (GivenConsent given in person.Consents)
        {
            bool begins = given.Name == Name
                && given.Covers(traits)
                && given.From > at
                && !(EndOf(given, person) <= given.From);
            first = begins && !(first < given.From) ? given.From : first;
        }

        return first;
    }

    /// <summary>
    /// The first instant from <paramref name="at"/> on at which none is in force; null: one always is.
    /// </summary>
    internal Instant? MissedFrom(Person person, ContactTraits traits, Instant at)
    {
        Instant until = at;
        bool isMet = true;
        while (isMet)
        {
            isMet = false;
            foreach (GivenConsent given in person.Consents)
            {
                if (IsMetBy(given, person, traits, until))
                {
                    if (EndOf(given, person) is not { } end)
                    {
                        return null;
                    }

                    (until, isMet) = (end, true);
                }
            }
        }

        return until;
    }

    private bool IsMetBy(GivenConsent given, Person person, ContactTraits traits, Instant at) =>
        given.Name == Name
        && given.From <= at
        && given.Covers(traits)
        && !(given.EndingIn(person.Ledger, EndsOn)?.At <= at)
        && !IsTooOld(given, person, at);

    private bool IsTooOld(GivenConsent given, Person person, Instant at)
    {
        foreach (DateTimeZone zone in Lasts is null ? [] : ZonesOf(person, given.From))
        {
            if (Lasts!.IsOver(given.From, at, zone))
            {
                return true;
            }
        }

        return false;
    }

    private Instant? EndOf(GivenConsent given, Person person)
    {
        Instant? end = given.EndingIn(person.Ledger, EndsOn)?.At;
        foreach (DateTimeZone zone in Lasts is null ? [] : ZonesOf(person, given.From))
        {
            Instant? over = Lasts!.EndAfter(given.From, zone);
            end = over is null || end < over ? end : over;
        }

        return end;
    }

    /// <summary>Where a consent's days may be counted: it is over as soon as it is in one of them.</summary>
    private static ImmutableArray<DateTimeZone> ZonesOf(Person person, Instant from) => person switch
    {
        { Zone: { } own } => CandidateZones.Only(own),
        { Zones.IsEmpty: false } => person.Zones,
        { Country: { } country } when CandidateZones.OfCountry(country, from) is { } zones => zones,
        _ => CandidateZones.All(from),
    };

    public override string ToString() => Name;
}
