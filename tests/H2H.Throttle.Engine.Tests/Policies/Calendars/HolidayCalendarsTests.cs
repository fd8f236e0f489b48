using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Calendars;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Tests.Policies.Calendars;

public sealed class HolidayCalendarsTests
{
    [Theory]
    [InlineData("fr", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("it", 2025, "01-01 01-06 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26")]
    [InlineData("it", 2026, "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26")]
    [InlineData("es", 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
    [InlineData("de", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData("us", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("us", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData("us", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("us", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("uk", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-26 12-28")]
    [InlineData("uk", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
    [InlineData("uk", 2022, "01-01 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-25 12-26 12-27")]
    [InlineData("uk", 2023, "01-01 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
    [InlineData("au", 2022, "01-01 01-03 01-26 04-15 04-18 04-25 09-22 12-25 12-26 12-27")]
    [InlineData("au", 2026, "01-01 01-26 04-03 04-06 04-25 12-25 12-26 12-28")]
    [InlineData("ca", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 12-28")]
    [InlineData("in", 2026, "01-26 08-15 10-02")]
    public void Calendar_has_the_holidays_of_a_year(string name, int year, string days)
    {
        IEnumerable<LocalDate> expected = days.Split(' ').Select(day => LocalDatePattern.Iso
            .Parse(string.Create(CultureInfo.InvariantCulture, $"{year}-{day}")).Value);

        HolidayCalendar calendar = HolidayCalendars.ByName[name];

        Assert.Equal(expected, calendar.Dates.Where(date => date.Year == year));
    }

    [Fact]
    public void Every_calendar_covers_the_years_2020_to_2040_and_says_where_it_comes_from() =>
        Assert.All(HolidayCalendars.All, static file =>
        {
            Assert.Equal((2020, 2040), (file.Calendar.FirstYear, file.Calendar.LastYear));
            Assert.False(string.IsNullOrWhiteSpace(file.Title));
            Assert.False(string.IsNullOrWhiteSpace(file.Source));
            Assert.Contains("checked", file.Checked, StringComparison.Ordinal);
        });

    [Fact]
    public void Calendars_are_found_by_name_and_by_country()
    {
        ImmutableArray<string> names = [.. HolidayCalendars.All.Select(static file => file.Calendar.Name)];

        Assert.Equal(["au", "ca", "de", "es", "fr", "in", "it", "uk", "us"], names);
        Assert.Same(HolidayCalendars.ByName["uk"], HolidayCalendars.ByCountry["GB"]);
        Assert.All(names, static name => Assert.Equal(name, HolidayCalendars.ByName[name].Name));
    }

    [Fact]
    public void Holiday_at_the_turn_of_the_last_year_still_has_an_eve() => Assert.All(
        HolidayCalendars.All.Where(static file => file.Calendar.Name is not "in"),
        static file => Assert.Equal(
            DayKind.Eve, file.Calendar.KindOf(new LocalDate(file.Calendar.LastYear, 12, 31))));
}
