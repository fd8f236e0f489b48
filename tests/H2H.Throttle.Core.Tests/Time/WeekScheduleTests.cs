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
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

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
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

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
}
