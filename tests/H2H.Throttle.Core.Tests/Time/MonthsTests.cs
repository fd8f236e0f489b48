using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Tests.Stories;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Core.Tests.Time;

/// <summary>Months and years by the calendar: what laws mean by them.</summary>
public sealed class MonthsTests
{
    private static readonly DateTimeZone Rome = Zones.Of("Europe/Rome");

    [Theory]
    [InlineData("2021-11-21", 60, "2026-11-21", "2026-11-22")]
    [InlineData("2024-01-15", 60, "2029-01-15", "2029-01-16")]
    [InlineData("2024-02-28", 60, "2029-02-28", "2029-03-01")]
    [InlineData("2024-02-29", 60, "2029-03-01", "2029-03-01")]
    [InlineData("2024-02-29", 48, "2028-02-29", "2028-03-01")]
    [InlineData("2023-02-28", 12, "2024-02-28", "2024-02-29")]
    [InlineData("2026-01-31", 1, "2026-03-01", "2026-03-01")]
    [InlineData("2026-01-28", 1, "2026-02-28", "2026-03-01")]
    [InlineData("2026-12-31", 2, "2027-03-01", "2027-03-01")]
    [InlineData("2026-03-31", 1, "2026-05-01", "2026-05-01")]
    public void Months_end_on_the_day_of_the_same_number_or_with_the_last_of_a_shorter_month(
        string day, int months, string overIfIncluded, string overIfExcluded)
    {
        Instant began = AtNoon(day);

        Instant? included = new Silence.Months(months, IncludesFirst: true).EndAfter(began, Rome);
        Instant? excluded = new Silence.Months(months, IncludesFirst: false).EndAfter(began, Rome);

        Assert.Equal(Rome.AtStartOfDay(Date(overIfIncluded)).ToInstant(), included);
        Assert.Equal(Rome.AtStartOfDay(Date(overIfExcluded)).ToInstant(), excluded);
    }

    [Theory]
    [InlineData("2021-11-21", 60, "2026-11-21T12:00")]
    [InlineData("2024-01-15", 60, "2029-01-15T12:00")]
    [InlineData("2024-02-29", 60, "2029-03-01T00:00")]
    [InlineData("2026-01-31", 1, "2026-03-01T00:00")]
    [InlineData("2026-02-28", 1, "2026-03-28T12:00")]
    [InlineData("2026-02-28", 2, "2026-04-28T12:00")]
    public void Rolling_months_end_at_the_same_time_of_day_on_the_clock(string day, int months, string over)
    {
        Silence silence = new Silence.RollingMonths(new Window.RollingMonths(months));

        Instant? end = silence.EndAfter(AtNoon(day), Rome);

        Assert.Equal(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(over).Value,
            end?.InZone(Rome).LocalDateTime);
    }

    [Fact]
    public void Month_is_over_by_the_clock_of_the_zone()
    {
        Instant evening = Instant.FromUtc(2026, 4, 14, 22, 30);
        Silence month = new Silence.Months(1, IncludesFirst: true);

        Assert.Equal(Instant.FromUtc(2026, 5, 14, 0, 0), month.EndAfter(evening, DateTimeZone.Utc));
        Assert.Equal(Instant.FromUtc(2026, 5, 14, 22, 0), month.EndAfter(evening, Rome));
    }

    /// <summary>What began it is looked for no farther back than that, so it must be there until it is over.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(60)]
    public void Silence_of_months_is_over_before_what_began_it_is_out_of_reach(int months)
    {
        Silence[] silences =
        [
            new Silence.Months(months, IncludesFirst: true),
            new Silence.Months(months, IncludesFirst: false),
            new Silence.RollingMonths(new Window.RollingMonths(months)),
        ];
        for (LocalDate day = new(2023, 6, 1); day < new LocalDate(2025, 6, 1); day = day.PlusDays(1))
        {
            Instant began = Rome.AtStartOfDay(day).ToInstant();

            Assert.All(silences, silence => Assert.True(silence.EndAfter(began, Rome) - began < silence.Reach));
        }
    }

    [Fact]
    public void Rolling_months_are_told_from_the_same_time_of_day_to_the_contact()
    {
        Instant noon = AtNoon("2026-04-15");
        Timeline timeline = new(new Window.RollingMonths(2), Rome, IsoDayOfWeek.Monday);

        Assert.Equal(
            (AtNoon("2026-02-15"), noon), timeline.BoundsOf(timeline.PositionOf(noon), timeline.Span));
    }

    /// <summary>Each window against the calendar, at the edge and a tick beside it.</summary>
    [Fact]
    public void Window_of_months_holds_what_the_calendar_says() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        static number =>
        {
            Random dice = new(number);
            DateTimeZone zone = Zones.Of(Zones.Odd[dice.Next(Zones.Odd.Length)]);
            NaiveCalendar calendar = new(zone, IsoDayOfWeek.Monday);
            int months = dice.Next(3) == 0 ? 12 * dice.Next(1, 6) : dice.Next(1, 20);
            Window window = dice.Next(2) == 0
                ? new Window.RollingMonths(months)
                : new Window.LastMonths(months, andDay: dice.Next(2) == 0);
            LocalDateTime monthEnd = new(
                2008 + dice.Next(22), dice.Next(1, 13), 1, dice.Next(0, 24), 15 * dice.Next(4));
            Instant one = monthEnd.PlusDays(dice.Next(-5, 3)).InZoneLeniently(zone).ToInstant();
            Instant edge = window is Window.LastMonths last
                ? calendar.StartOf(NaiveCalendar
                    .LastDayOf(calendar.DayOf(one), months, includesFirst: !last.AndDay).PlusDays(1))
                : calendar.After(one, months);
            Instant later = edge + Duration.FromTicks(dice.Next(-1, 2));

            Timeline timeline = new(window, zone, IsoDayOfWeek.Monday);
            long position = timeline.PositionOf(one);

            return (timeline.PositionOf(later) - position < timeline.Span) == (later < edge)
                && timeline.StartOf(position + timeline.Span) == edge
                && one > later - window.Reach!.Value;
        }).Check(Trials.Of(5000));

    [Fact]
    public void Day_numbers_come_back_as_their_days_and_missing_ones_as_the_first_of_the_next_month()
    {
        for (LocalDate day = new(1967, 12, 1); day < new LocalDate(1972, 4, 1); day = day.PlusDays(1))
        {
            long number = EvenMonths.NumberOf(day);

            Assert.Equal(day, EvenMonths.DayFrom(number));
            Assert.Equal(day.PlusDays(1), EvenMonths.DayFrom(number + 1));
        }
    }

    private static Instant AtNoon(string day) => Date(day).AtMidnight().PlusHours(12).InZoneStrictly(Rome).ToInstant();

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
