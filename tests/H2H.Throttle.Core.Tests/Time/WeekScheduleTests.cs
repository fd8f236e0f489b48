using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Time;

public sealed class WeekScheduleTests
{
    private static readonly LocalDateTime Monday = new(2026, 3, 2, 0, 0);

    private static readonly HolidayCalendar Christmas =
        new("own", null, 2026, 2026, [new LocalDate(2026, 12, 25), new LocalDate(2026, 12, 26)]);

    private static readonly Gen<DayInterval> Intervals =
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 96)
        select new DayInterval(15 * start, 15 * (start + length));

    private static readonly Gen<NaiveHours> Tables =
        from days in Gen.Choose(0, 2).SelectMany(count => Intervals.ArrayOf(count)).ArrayOf(7)
        select new NaiveHours([.. days.Select(static day => day.ToImmutableArray())]);

    [Fact]
    public void Time_is_inside_exactly_when_an_interval_of_its_day_or_the_day_before_holds_it() => Prop.ForAll(
        Tables.Zip(Gen.Choose(0, 7 * 96)).ToArbitrary(),
        static one =>
        {
            LocalDateTime local = Monday.PlusMinutes(15 * one.Item2);
            Instant at = local.InUtc().ToInstant();
            return one.Item1.ToSchedule().Contains(local) == one.Item1.IsInside(at, DateTimeZone.Utc)
                && one.Item1.ToSchedule().Contains(local.PlusTicks(-1))
                    == one.Item1.IsInside(at - Duration.FromTicks(1), DateTimeZone.Utc);
        }).Check(Trials.Of(2000));

    [Fact]
    public void Next_time_inside_and_outside_is_the_first_of_all_quarters_of_an_hour() => Prop.ForAll(
        Tables.Zip(Gen.Choose(0, 7 * 96)).ToArbitrary(),
        static one =>
        {
            WeekSchedule schedule = one.Item1.ToSchedule();
            LocalDateTime from = Monday.PlusMinutes((15 * one.Item2) + 7);
            IEnumerable<LocalDateTime> later =
                [from, .. Enumerable.Range(1, 9 * 96).Select(i => from.PlusMinutes((15 * i) - 7))];
            LocalDateTime? inside = later.Cast<LocalDateTime?>().FirstOrDefault(at => schedule.Contains(at!.Value));
            LocalDateTime? outside = later.Cast<LocalDateTime?>().FirstOrDefault(at => !schedule.Contains(at!.Value));
            return schedule.NextInside(from) == inside && schedule.NextOutside(from) == outside;
        }).Check(Trials.Of(500));

    /// <remarks>Nights are from ten to two, from Sunday to Tuesday; a holiday has an hour at noon instead.</remarks>
    [Fact]
    public void Minutes_that_may_be_inside_or_outside_are_those_of_some_kind_of_day_after_some_kind_of_day()
    {
        WeekSchedule nights = WeekSchedule.Of(Nights);
        WeekSchedule feasts = WeekSchedule.Of(
            Nights, new SpecialDays([new DayInterval(12 * 60, 13 * 60)], null), isQuiet: false);
        int[] inside = [0, 1, 22, 23, 24, 25, 166, 167];
        int[] noons = [.. Enumerable.Range(0, 7).Select(static day => (24 * day) + 12)];

        AssertShared(inside, nights.MinutesThatMayBe(inside: true));
        AssertShared([.. Enumerable.Range(0, 7 * 24).Except(inside)], nights.MinutesThatMayBe(inside: false));
        AssertShared([.. inside, .. noons], feasts.MinutesThatMayBe(inside: true));
        AssertShared([.. Enumerable.Range(0, 7 * 24)], feasts.MinutesThatMayBe(inside: false));

        static ImmutableArray<DayInterval> Nights(IsoDayOfWeek day) =>
            day is IsoDayOfWeek.Monday or IsoDayOfWeek.Sunday ? [new DayInterval(22 * 60, 26 * 60)] : [];
    }

    [Fact]
    public void Schedule_is_empty_if_no_day_of_any_kind_has_hours()
    {
        Assert.False(WeekSchedule.Of(
            static day => day is IsoDayOfWeek.Monday ? [DayInterval.WholeDay] : []).IsEmpty);
        Assert.False(Office([], null, isQuiet: false).IsEmpty);
        Assert.Equal(new DayInterval(540, 1080), Assert.Single(Office(null, null, false).On(IsoDayOfWeek.Friday)));
        Assert.Empty(Office(null, null, false).On(IsoDayOfWeek.Saturday));
    }

    [Fact]
    public void Schedule_without_hours_is_never_inside_and_one_without_gaps_never_outside()
    {
        WeekSchedule never = WeekSchedule.Of(static _ => []);
        WeekSchedule always = WeekSchedule.Of(static _ => [DayInterval.WholeDay]);

        Assert.True(never.IsEmpty);
        Assert.Null(never.NextInside(Monday));
        Assert.Equal(Monday, never.NextOutside(Monday));
        Assert.Equal(Monday, always.NextInside(Monday));
        Assert.Null(always.NextOutside(Monday));
    }

    [Fact]
    public void Holiday_has_its_own_hours_whatever_its_weekday_is()
    {
        WeekSchedule weekdays = Office(holidays: [new DayInterval(600, 720)], eves: null, isQuiet: false);

        Assert.False(weekdays.Contains(At(12, 25, 9), Christmas));
        Assert.True(weekdays.Contains(At(12, 25, 10), Christmas));
        Assert.True(weekdays.Contains(At(12, 26, 10), Christmas));
        Assert.False(weekdays.Contains(At(12, 27, 10), Christmas));
    }

    [Fact]
    public void Eve_is_stricter_than_its_weekday_and_never_opens_a_day_that_is_closed()
    {
        WeekSchedule office = Office(holidays: [], eves: [new DayInterval(600, 1440)], isQuiet: false);
        HolidayCalendar monday = new("own", null, 2026, 2026, [new LocalDate(2026, 6, 1), new LocalDate(2026, 6, 3)]);

        Assert.False(office.Contains(new LocalDateTime(2026, 5, 31, 11, 0), monday));
        Assert.False(office.Contains(new LocalDateTime(2026, 6, 2, 9, 30), monday));
        Assert.True(office.Contains(new LocalDateTime(2026, 6, 2, 10, 0), monday));
        Assert.False(office.Contains(new LocalDateTime(2026, 6, 2, 18, 0), monday));
    }

    [Fact]
    public void Quiet_eve_is_quiet_when_its_weekday_is_and_when_eves_are()
    {
        WeekSchedule quiet = Office(holidays: null, eves: [new DayInterval(1200, 1440)], isQuiet: true);

        Assert.True(quiet.Contains(At(12, 24, 9), Christmas));
        Assert.False(quiet.Contains(At(12, 24, 19), Christmas));
        Assert.True(quiet.Contains(At(12, 24, 20), Christmas));
        Assert.True(quiet.Contains(At(12, 25, 9), Christmas));
    }

    [Fact]
    public void Day_that_no_calendar_covers_is_held_to_every_kind_of_day_it_may_be()
    {
        WeekSchedule office = Office([new DayInterval(600, 1200)], [new DayInterval(0, 900)], isQuiet: false);
        LocalDateTime beyond = new(2027, 3, 1, 9, 0);

        Assert.False(office.Contains(beyond, Christmas));
        Assert.True(office.Contains(beyond.PlusHours(1), Christmas));
        Assert.False(office.Contains(beyond.PlusHours(6), Christmas));
        Assert.False(office.Contains(At(3, 2, 9)));
        Assert.Equal(beyond.PlusHours(1), office.NextInside(beyond, Christmas));
    }

    [Fact]
    public void Next_time_inside_is_found_over_holidays_in_a_row_and_across_most_of_a_year()
    {
        WeekSchedule saturdays = WeekSchedule.Of(
            static day => day is IsoDayOfWeek.Saturday ? [DayInterval.WholeDay] : [],
            new SpecialDays([], null), isQuiet: false);
        WeekSchedule feasts = WeekSchedule.Of(
            static _ => [], new SpecialDays([DayInterval.WholeDay], null), isQuiet: false);
        HolidayCalendar january = new(
            "own",
            null,
            2026,
            2027,
            [new LocalDate(2026, 12, 26), new LocalDate(2027, 1, 2), new LocalDate(2027, 1, 9)]);

        Assert.Equal(
            new LocalDateTime(2027, 1, 16, 0, 0), saturdays.NextInside(new LocalDateTime(2026, 12, 20, 0, 0), january));
        Assert.Equal(At(12, 25, 0), feasts.NextInside(At(1, 2, 0), Christmas));
        Assert.Null(feasts.NextInside(At(12, 27, 0), new HolidayCalendar("own", null, 2026, 2040, [])));
    }

    [Fact]
    public void Interval_that_lasts_a_day_and_crosses_midnight_ends_when_it_started()
    {
        WeekSchedule tuesday = WeekSchedule.Of(
            static day => day is IsoDayOfWeek.Tuesday ? [new DayInterval(12 * 60, 36 * 60)] : []);

        Assert.Equal(Monday.PlusHours(36), tuesday.NextInside(Monday));
        Assert.Equal(Monday.PlusHours(60), tuesday.NextOutside(Monday.PlusHours(36)));
        Assert.Equal(Monday.PlusHours(36 + (7 * 24)), tuesday.NextInside(Monday.PlusHours(60)));
    }

    [Fact]
    public void Interval_that_does_not_start_on_its_day_or_is_longer_than_one_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DayInterval(1440, 1500));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DayInterval(60, 60));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DayInterval(60, 60 + 1441));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DayInterval(-1, 60));
    }

    /// <summary>Two clocks that are so many hours apart share a time exactly if two of the hours are.</summary>
    private static void AssertShared(int[] hours, WeekMinutes minutes)
    {
        for (int apart = 0; apart < 7 * 24; apart++)
        {
            bool expected = hours.Any(hour => hours.Contains((hour + apart) % (7 * 24)));
            Assert.Equal((apart, expected), (apart, minutes.HaveCommon([0, 60 * apart])));
        }
    }

    private static LocalDateTime At(int month, int day, int hour) => new(2026, month, day, hour, 0);

    /// <summary>Open, or quiet, from nine to six on Mondays to Fridays.</summary>
    private static WeekSchedule Office(
        ImmutableArray<DayInterval>? holidays, ImmutableArray<DayInterval>? eves, bool isQuiet) => WeekSchedule.Of(
        static day => day <= IsoDayOfWeek.Friday ? [new DayInterval(540, 1080)] : [],
        new SpecialDays(holidays, eves),
        isQuiet);
}
