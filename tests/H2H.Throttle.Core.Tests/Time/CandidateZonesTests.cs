using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class CandidateZonesTests
{
    private static readonly Instant Start = Instant.FromUtc(2020, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2040, 1, 1, 0, 0);

    [Fact]
    public void Country_with_one_clock_has_one_zone() =>
        Assert.Equal(["Europe/Rome"], CandidateZones.OfCountry("IT")?.Select(static zone => zone.Id));

    [Theory]
    [InlineData("it")]
    [InlineData("XX")]
    [InlineData("")]
    public void Country_that_there_is_not_has_none(string country) => Assert.Null(CandidateZones.OfCountry(country));

    [Fact]
    public void Every_zone_of_a_country_shows_the_time_of_exactly_one_candidate()
    {
        foreach (TzdbZoneLocation location in TzdbDateTimeZoneSource.Default.ZoneLocations!)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[location.ZoneId];

            Assert.Single(CandidateZones.OfCountry(location.CountryCode)!.Value, one => ShowTheSame(one, zone));
            Assert.Single(CandidateZones.All, one => ShowTheSame(one, zone));
        }
    }

    [Fact]
    public void World_has_far_fewer_clocks_than_places() =>
        Assert.InRange(CandidateZones.All.Length, 70, TzdbDateTimeZoneSource.Default.ZoneLocations!.Count / 2);

    private static bool ShowTheSame(DateTimeZone one, DateTimeZone other) =>
        one == other || ChangesOf(one).SequenceEqual(ChangesOf(other));

    private static IEnumerable<(Instant At, Offset Offset)> ChangesOf(DateTimeZone zone)
    {
        Offset? last = null;
        foreach (ZoneInterval stretch in zone.GetZoneIntervals(Start, End))
        {
            if (stretch.WallOffset != last)
            {
                last = stretch.WallOffset;
                yield return (stretch.HasStart ? Instant.Max(stretch.Start, Start) : Start, stretch.WallOffset);
            }
        }
    }
}
