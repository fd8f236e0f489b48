using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class HolidayCalendarTests
{
    private static HolidayCalendar Calendar => new(
        "own", "IT", 2026, 2027,
        [
            new LocalDate(2026, 12, 26), new LocalDate(2026, 12, 25), new LocalDate(2028, 1, 1),
            new LocalDate(2028, 1, 6), new LocalDate(2025, 12, 26), new LocalDate(2026, 12, 25),
        ]);

    [Theory]
    [InlineData(2026, 12, 23, DayKind.Plain)]
    [InlineData(2026, 12, 24, DayKind.Eve)]
    [InlineData(2026, 12, 25, DayKind.Holiday)]
    [InlineData(2026, 12, 26, DayKind.Holiday)]
    [InlineData(2027, 12, 31, DayKind.Eve)]
    [InlineData(2028, 1, 1, DayKind.Unknown)]
    [InlineData(2028, 1, 5, DayKind.Unknown)]
    [InlineData(2025, 12, 31, DayKind.Unknown)]
    public void Day_is_of_the_kind_that_its_date_and_the_next_tell(int year, int month, int day, DayKind kind) =>
        Assert.Equal(kind, Calendar.KindOf(new LocalDate(year, month, day)));

    [Fact]
    public void Dates_are_those_of_the_covered_years_in_order_and_the_first_of_january_after_them() => Assert.Equal(
        [new LocalDate(2026, 12, 25), new LocalDate(2026, 12, 26), new LocalDate(2028, 1, 1)], Calendar.Dates);

    [Fact]
    public void Calendar_without_a_name_is_refused() => Assert.Throws<ArgumentException>(
        static () => new HolidayCalendar(" ", null, 2026, 2026, []));

    [Fact]
    public void Years_that_run_backwards_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => new HolidayCalendar("own", null, 2027, 2026, []));
}
