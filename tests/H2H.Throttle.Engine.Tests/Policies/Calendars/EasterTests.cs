using H2H.Throttle.Engine.Policies.Calendars;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies.Calendars;

public sealed class EasterTests
{
    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(1943, 4, 25)]
    [InlineData(1961, 4, 2)]
    [InlineData(2000, 4, 23)]
    [InlineData(2020, 4, 12)]
    [InlineData(2021, 4, 4)]
    [InlineData(2022, 4, 17)]
    [InlineData(2023, 4, 9)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2028, 4, 16)]
    [InlineData(2029, 4, 1)]
    [InlineData(2030, 4, 21)]
    [InlineData(2035, 3, 25)]
    [InlineData(2038, 4, 25)]
    public void Easter_Sunday_is_on_its_published_date(int year, int month, int day) =>
        Assert.Equal(new LocalDate(year, month, day), Easter.SundayIn(year));
}
