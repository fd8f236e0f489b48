using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Tests.Stories;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class WindowTests
{
    [Fact]
    public void Window_is_written_as_the_policy_language_has_it()
    {
        Assert.Equal("rolling 24h", new Window.Rolling(Duration.FromHours(24), "24h").ToString());
        Assert.Equal("rolling 1d", new Window.Rolling(Duration.FromHours(24)).ToString());
        Assert.Equal("rolling 90m", new Window.Rolling(Duration.FromMinutes(90)).ToString());
        Assert.Equal("rolling 61s", new Window.Rolling(Duration.FromSeconds(61)).ToString());
        Assert.Equal("last 1 day", new Window.LastDays(1).ToString());
        Assert.Equal("last 7 days widened to the week", new Window.LastDays(7, CalendarUnit.Week).ToString());
        Assert.Equal("last 1 month", new Window.LastMonths(1).ToString());
        Assert.Equal("last 18 months", new Window.LastMonths(18).ToString());
        Assert.Equal("last 1 year", new Window.LastMonths(12).ToString());
        Assert.Equal("last 2 years and 1 day", new Window.LastMonths(24, andDay: true).ToString());
        Assert.Equal("rolling 18mo", new Window.RollingMonths(18).ToString());
        Assert.Equal("rolling 5y", new Window.RollingMonths(60).ToString());
        Assert.Equal("calendar month", new Window.Calendar(CalendarUnit.Month).ToString());
        Assert.Equal("calendar 2 weeks", new Window.Calendar(CalendarUnit.Week, 2).ToString());
        Assert.Equal("lifetime", Window.Forever.ToString());
    }

    [Fact]
    public void Rolling_windows_of_one_length_are_equal_however_they_are_written() =>
        Assert.Equal(
            new Window.Rolling(Duration.FromHours(24), "24h"), new Window.Rolling(Duration.FromDays(1), "PT24H"));

    [Fact]
    public void Window_without_length_or_too_long_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.Rolling(Duration.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(static () =>
            new Window.Rolling(Duration.FromDays(Window.DaysMax + 1)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.LastDays(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.LastDays(Window.DaysMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.LastDays(7, CalendarUnit.Year));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.LastMonths(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.LastMonths(Window.MonthsMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.RollingMonths(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.RollingMonths(Window.MonthsMax + 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.Calendar(CalendarUnit.Day, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Window.Calendar(CalendarUnit.Year, 11));
    }

    [Fact]
    public void Contacts_in_one_window_are_never_farther_apart_than_it_reaches()
    {
        Gen<int> numbers = Gen.Choose(0, int.MaxValue - 1);
        Prop.ForAll(numbers.ToArbitrary(), static number =>
        {
            Random dice = new(number);
            DateTimeZone zone = Zones.Of(Zones.Odd[dice.Next(Zones.Odd.Length)]);
            Instant at = Instant.FromUtc(1990 + dice.Next(45), 1 + dice.Next(12), 1 + dice.Next(28), dice.Next(24), 0);
            Window window = new RuleMaker(dice, zone, () => at).Window();
            if (window.Reach is not { } reach)
            {
                return true;
            }

            NaiveCalendar calendar = new(zone, (IsoDayOfWeek)dice.Next(1, 8));
            Instant before = at - reach - Duration.FromMinutes(dice.Next(1, 60 * 24 * 3));
            return NaiveWindows.Fullest(window, calendar, [(before, 1)], at, 1) == 1;
        }).Check(Trials.Of(1500));
    }
}
