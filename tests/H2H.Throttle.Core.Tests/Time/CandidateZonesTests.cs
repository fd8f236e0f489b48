using System.Collections.Immutable;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class CandidateZonesTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Instant End = Instant.FromUtc(2100, 1, 1, 0, 0);

    [Fact]
    public void Country_with_one_clock_has_one_zone() =>
        Assert.Equal(["Europe/Rome"], CandidateZones.OfCountry("IT", Now)?.Select(static zone => zone.Id));

    [Theory]
    [InlineData("it")]
    [InlineData("XX")]
    [InlineData("")]
    public void Country_that_there_is_not_has_none(string country)
    {
        Assert.Null(CandidateZones.OfCountry(country, Now));
        Assert.False(CandidateZones.HasCountry(country));
    }

    [Theory]
    [InlineData(1970, 1970)]
    [InlineData(1995, 1970)]
    [InlineData(2020, 1970)]
    [InlineData(2021, 2009)]
    [InlineData(2090, 2009)]
    public void Every_zone_of_a_country_shows_the_time_of_exactly_one_candidate(int askedIn, int since)
    {
        Instant asked = Instant.FromUtc(askedIn, 1, 1, 0, 0);
        Instant start = Instant.FromUtc(since, 1, 1, 0, 0);
        ILookup<string, DateTimeZone> byClock = CandidateZones.All(asked).ToLookup(zone => ClockOf(zone, start));
        foreach (TzdbZoneLocation location in TzdbDateTimeZoneSource.Default.ZoneLocations!)
        {
            string clock = ClockOf(DateTimeZoneProviders.Tzdb[location.ZoneId], start);
            ImmutableArray<DateTimeZone> ofCountry = CandidateZones.OfCountry(location.CountryCode, asked)!.Value;

            Assert.Single(ofCountry, one => ClockOf(one, start) == clock);
            Assert.Single(byClock[clock]);
        }
    }

    [Fact]
    public void Zones_that_only_differed_long_ago_are_two_for_who_asks_long_ago()
    {
        Instant wintersApart = Instant.FromUtc(1995, 1, 15, 12, 0);   // Lisbon kept the time of Brussels, Madeira not

        Assert.Equal(
            ["Europe/Lisbon", "Atlantic/Madeira", "Atlantic/Azores"],
            CandidateZones.OfCountry("PT", wintersApart)?.Select(static zone => zone.Id));
        Assert.Equal(
            ["Europe/Lisbon", "Atlantic/Azores"],
            CandidateZones.OfCountry("PT", Now)?.Select(static zone => zone.Id));
    }

    [Fact]
    public void World_has_far_fewer_clocks_than_places() =>
        Assert.InRange(CandidateZones.All(Now).Length, 70, TzdbDateTimeZoneSource.Default.ZoneLocations!.Count / 2);

    private static string ClockOf(DateTimeZone zone, Instant start)
    {
        List<string> changes = [];
        Offset? last = null;
        foreach (ZoneInterval stretch in zone.GetZoneIntervals(start, End))
        {
            if (stretch.WallOffset != last)
            {
                last = stretch.WallOffset;
                changes.Add($"{(stretch.HasStart ? Instant.Max(stretch.Start, start) : start)} {stretch.WallOffset}");
            }
        }

        return string.Join(';', changes);
    }
}
