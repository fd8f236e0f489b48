using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>Whose clock and whose holidays count: what is known more closely comes first.</summary>
public sealed class CircumstancesTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly DateTimeZone Rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
    private static readonly DateTimeZone Tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly ContactTraits Japanese = new("email", "marketing") { Country = "JP" };

    private static readonly Policy French = new()
    {
        Name = "p",
        Country = "FR",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty,
        Calendars = new[] { "FR", "IT", "JP" }.ToFrozenDictionary(
            static country => country, static country => new HolidayCalendar(country, country, 2026, 2026, [])),
    };

    [Fact]
    public void Holidays_are_those_of_the_contact_then_of_the_person_then_of_the_policy()
    {
        Person italian = new() { Country = "IT" };

        Assert.Equal("JP", Of(French, italian, Japanese).Calendar?.Name);
        Assert.Equal("IT", Of(French, italian, Email).Calendar?.Name);
        Assert.Equal("FR", Of(French, Person.Unknown, Email).Calendar?.Name);
        Assert.Null(Of(French, new Person { Country = "DE" }, Email).Calendar);
        Assert.Null(Of(French with { Country = null }, Person.Unknown, Email).Calendar);
    }

    [Fact]
    public void Zones_are_the_rules_then_the_persons_then_the_countrys_then_the_policys()
    {
        Person known = new() { Zone = Rome, Zones = [Tokyo], Country = "FR" };
        Policy zoned = French with { Zone = Tokyo };

        Assert.Equal([Tokyo], Of(French, known, Email).ZonesOf(new WindowZone.Fixed(Tokyo)));
        Assert.Equal([Rome], Zones(zoned, known, Japanese));
        Assert.Equal([Tokyo], Zones(French, known with { Zone = null }, Email));
        Assert.Equal([Tokyo], Zones(French, new Person { Country = "IT" }, Japanese));
        Assert.Equal([Rome], Zones(zoned, new Person { Country = "IT" }, Email));
        Assert.Equal([Tokyo], Zones(zoned, Person.Unknown, Email));
        Assert.Equal([Paris], Zones(French, Person.Unknown, Email));
        Assert.Equal(CandidateZones.All(Noon), Zones(French with { Country = null }, Person.Unknown, Email));
        Assert.Equal(CandidateZones.All(Noon), Zones(French with { Country = "XX" }, Person.Unknown, Email));
        Assert.Equal([Tokyo], Zones(zoned, new Person { Country = "XX" }, Email));
    }

    private static ImmutableArray<DateTimeZone> Zones(Policy policy, Person person, ContactTraits traits) =>
        Of(policy, person, traits).ZonesOf(WindowZone.Person);

    private static Circumstances Of(Policy policy, Person person, ContactTraits traits) =>
        Circumstances.Of(policy, person, new Attempt(traits, Noon), Noon);
}
