using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Tests.Stories;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class TimelineTests
{
    private static readonly Window[] OnCalendar =
    [
        new Window.LastDays(1),
        new Window.LastMonths(1),
        new Window.RollingMonths(1),
        .. Enum.GetValues<CalendarUnit>().Select(static unit => new Window.Calendar(unit)),
        .. Enum.GetValues<CalendarUnit>().Select(static unit => new Window.Calendar(unit, 3)),
    ];

    private static readonly Gen<(Timeline Timeline, Instant At)> Places =
        from zone in Gen.Elements<string>(Zones.Odd).Select(Zones.Of)
        from window in Gen.Elements(OnCalendar)
        from weekStarts in Gen.Choose(1, 7)
        let changes = Zones.ChangesOf(zone).Add(Instant.FromUtc(2026, 3, 2, 0, 0))
        from change in Gen.Elements<Instant>(changes)
        from quarters in Gen.Choose(-400, 400)
        from ticks in Gen.Choose(-1, 1)
        select (
            new Timeline(window, zone, (IsoDayOfWeek)weekStarts),
            change + Duration.FromMinutes(15 * quarters) + Duration.FromTicks(ticks));

    [Fact]
    public void Positions_never_fall_as_time_goes_on() => Prop.ForAll(
        Places.SelectMany(place => Gen.Choose(0, 5000), static (place, minutes) => (place, minutes)).ToArbitrary(),
        static one =>
        {
            ((Timeline timeline, Instant at), int minutes) = one;
            return timeline.PositionOf(at) <= timeline.PositionOf(at + Duration.FromMinutes(minutes));
        }).Check(Trials.Of(5000));

    [Fact]
    public void Position_lasts_from_its_start_to_the_start_of_the_next() => Prop.ForAll(
        Places.ToArbitrary(),
        static place =>
        {
            long position = place.Timeline.PositionOf(place.At);
            return place.Timeline.StartOf(position) <= place.At && place.At < place.Timeline.StartOf(position + 1);
        }).Check(Trials.Of(5000));

    [Fact]
    public void Day_that_a_zone_skipped_lasts_no_time()
    {
        Timeline days = new(new Window.LastDays(1), Zones.Of("Pacific/Apia"), IsoDayOfWeek.Monday);
        Instant dateLine = Instant.FromUtc(2011, 12, 30, 10, 0);

        long before = days.PositionOf(dateLine - Duration.FromTicks(1));

        Assert.Equal(before + 2, days.PositionOf(dateLine));
        Assert.Equal(dateLine, days.StartOf(before + 1));
        Assert.Equal(dateLine, days.StartOf(before + 2));
    }

    /// <summary>In October 2020 the clocks of Casey went from 00:01 to 03:01, over the start of a block.</summary>
    [Fact]
    public void Block_whose_start_the_clock_skips_begins_where_the_clock_goes_on()
    {
        Timeline blocks = new(
            new Window.Calendar(CalendarUnit.Hour, 3), Zones.Of("Antarctica/Casey"), IsoDayOfWeek.Monday);
        Instant change = Instant.FromUtc(2020, 10, 3, 16, 1);

        long before = blocks.PositionOf(change - Duration.FromTicks(1));

        Assert.Equal(before + 1, blocks.PositionOf(change));
        Assert.Equal(change, blocks.StartOf(before + 1));
    }

    /// <summary>Clocks of St John's went back at 00:01 until 2011, so a day began, stopped, and began again.</summary>
    [Fact]
    public void Day_that_has_begun_is_not_undone_when_clocks_go_back_over_midnight()
    {
        Timeline days = new(new Window.LastDays(1), Zones.Of("America/St_Johns"), IsoDayOfWeek.Monday);
        Instant midnight = Instant.FromUtc(2010, 11, 7, 2, 30);

        long saturday = days.PositionOf(midnight - Duration.FromTicks(1));

        Assert.Equal(saturday + 1, days.PositionOf(midnight));
        Assert.Equal(saturday + 1, days.PositionOf(midnight + Duration.FromMinutes(30)));
    }
}
