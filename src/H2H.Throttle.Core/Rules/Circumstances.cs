using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>All that a rule may look at, but for the instant it judges.</summary>
/// <param name="Policy">In force.</param>
/// <param name="Person">To be contacted.</param>
/// <param name="Traits">Of the contact asked for.</param>
/// <param name="Purpose">Of the contact asked for, as the policy declares it; null: it does not.</param>
/// <param name="Weight">Of the contact asked for.</param>
/// <param name="Lists">What loaded lists say of the contact's address.</param>
/// <param name="Asked">When it is asked for; decides which reservations have expired.</param>
internal readonly record struct Circumstances(
    Policy Policy,
    Person Person,
    ContactTraits Traits,
    Purpose? Purpose,
    int Weight,
    ImmutableArray<ListStanding> Lists,
    Instant Asked)
{
    public static Circumstances Of(Policy policy, Person person, Attempt attempt, Instant asked) =>
        new(
            policy,
            person,
            attempt.Traits,
            policy.PurposeOf(attempt.Traits.Purpose),
            attempt.Weight,
            attempt.Lists,
            asked);

    /// <summary>
    /// The holidays of the contact's country, else of the person's, else of the policy's; null: not known.
    /// </summary>
    public HolidayCalendar? Calendar => (Traits.Country ?? Person.Country ?? Policy.Country) is { } country
        ? Policy.Calendars.GetValueOrDefault(country)
        : null;

    /// <summary>
    /// The zones in which a rule of that zone must be met: the person's own; else the candidates that are
    /// known of the person; else those of the contact's or the person's country; else the policy's; else those of the
    /// policy's country; else all.
    /// </summary>
    public ImmutableArray<DateTimeZone> ZonesOf(WindowZone zone)
    {
        if (zone is WindowZone.Fixed given)
        {
            return CandidateZones.Only(given.Zone);
        }

        if (Person.Zone is { } own)
        {
            return CandidateZones.Only(own);
        }

        if (!Person.Zones.IsEmpty)
        {
            return Person.Zones;
        }

        if ((Traits.Country ?? Person.Country) is { } country && CandidateZones.OfCountry(country, Asked) is { } zones)
        {
            return zones;
        }

        if (Policy.Zone is { } byDefault)
        {
            return CandidateZones.Only(byDefault);
        }

        return Policy.Country is { } home && CandidateZones.OfCountry(home, Asked) is { } homeZones
            ? homeZones
            : CandidateZones.All(Asked);
    }
}
