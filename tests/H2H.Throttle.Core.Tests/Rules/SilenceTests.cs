using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class SilenceTests
{
    /// <summary>In St. John's a minute of Sunday had gone when clocks were set back to Saturday, 23:01.</summary>
    private static readonly (string Zone, LocalDateTime Began)[] Beginnings =
    [
        ("America/St_Johns", new LocalDateTime(2010, 11, 5, 10, 0)),
        ("America/Havana", new LocalDateTime(2026, 10, 30, 10, 0)),
        ("Africa/Cairo", new LocalDateTime(2026, 4, 22, 10, 0)),
        ("Pacific/Apia", new LocalDateTime(2011, 12, 28, 23, 0)),
        ("Europe/Rome", new LocalDateTime(2026, 3, 27, 0, 0)),
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Days_are_over_from_the_instant_at_which_they_end(int count, bool includesFirst)
    {
        Silence.Days days = new(count, includesFirst);
        foreach ((string id, LocalDateTime local) in Beginnings)
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb[id];
            Instant began = local.InZoneLeniently(zone).ToInstant();
            Instant end = days.EndAfter(began, zone)!.Value;
            for (int quarter = -120; quarter <= 120; quarter++)
            {
                Instant at = end + Duration.FromMinutes(15 * quarter);
                Assert.Equal(at >= end, days.IsOver(began, at, zone));
                Assert.Equal(at > end, days.IsOver(began, at - Duration.Epsilon, zone));
                Assert.Equal(at + Duration.Epsilon >= end, days.IsOver(began, at + Duration.Epsilon, zone));
            }
        }
    }

    [Fact]
    public void The_first_day_is_one_of_them_or_they_follow_it()
    {
        DateTimeZone rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
        Instant began = new LocalDateTime(2026, 5, 4, 10, 0).InZoneStrictly(rome).ToInstant();

        Assert.Equal(Midnight(5), new Silence.Days(1, IncludesFirst: true).EndAfter(began, rome));
        Assert.Equal(Midnight(6), new Silence.Days(1, IncludesFirst: false).EndAfter(began, rome));
        Assert.Equal(Midnight(11), new Silence.Days(7, IncludesFirst: true).EndAfter(began, rome));
        Assert.False(Silence.Forever.IsOver(began, Instant.MaxValue, rome));
        Assert.Equal("forever", $"{Silence.Forever}");

        Instant Midnight(int day) => new LocalDateTime(2026, 5, day, 0, 0).InZoneStrictly(rome).ToInstant();
    }
}
