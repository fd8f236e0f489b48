using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>What a denial by hours says: what time it is where, and when such contacts are made.</summary>
public sealed class HoursReasonTests
{
    private static readonly DateTimeZone Rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
    private static readonly ImmutableArray<DayInterval> Shops = [new(840, 1200), new(600, 780)];

    /// <summary>Monday 6 April 2026 is the holiday.</summary>
    private static readonly HolidayCalendar Calendar = new("own", null, 2020, 2030, [new(2026, 4, 6)]);

    [Fact]
    public void It_says_when_on_that_day_such_contacts_are_made() => Assert.Equal(
        "Monday, 13:30 where the person is, is no time for such contacts: "
        + "on that day they are made from 10:00 to 13:00 and from 14:00 to 20:00.",
        Told(Open(static _ => Shops), 2026, 3, 2, 13, 30));

    [Fact]
    public void It_says_that_there_are_none_on_a_day_that_is_closed() => Assert.Equal(
        "Sunday, 09:05 where the person is, is no time for such contacts: on that day there are none.",
        Told(Open(static day => day is IsoDayOfWeek.Sunday ? [] : Shops), 2026, 3, 1, 9, 5));

    [Theory]
    [InlineData(22, 0, "Monday, 22:00")]
    [InlineData(23, 59, "Monday, 23:59")]
    [InlineData(29, 59, "Tuesday, 05:59")]
    public void It_says_from_when_to_when_there_are_none(int hour, int minute, string when) => Assert.Equal(
        $"{when} where the person is, is no time for such contacts: there are none from 22:00 to 06:00.",
        Told(Quiet(static _ => [new DayInterval(1320, 1800)]), 2026, 3, 2 + (hour / 24), hour % 24, minute));

    [Fact]
    public void It_names_only_the_quiet_hours_that_it_is() => Assert.Equal(
        "Monday, 12:00 where the person is, is no time for such contacts: there are none from 11:59 to 12:01.",
        Told(Quiet(static _ => [new(600, 719), new(719, 721), new(721, 840)]), 2026, 3, 2, 12, 0));

    [Fact]
    public void A_whole_day_and_midnight_are_told_as_what_they_are()
    {
        Assert.Equal(
            "Monday, 12:00 where the person is, is no time for such contacts: on that day there are none.",
            Told(Quiet(static _ => [DayInterval.WholeDay]), 2026, 3, 2, 12, 0));
        Assert.Equal(
            "Monday, 12:00 where the person is, is no time for such contacts: there are none from 12:00 to 24:00.",
            Told(Quiet(static _ => [new DayInterval(720, 1440)]), 2026, 3, 2, 12, 0));
    }

    [Theory]
    [InlineData(5, "Sunday, the day before a public holiday, 13:30")]
    [InlineData(6, "Monday, a public holiday, 13:30")]
    [InlineData(7, "Tuesday, 13:30")]
    public void It_says_what_the_calendar_says_of_the_day(int day, string when)
    {
        WeekSchedule schedule = WeekSchedule.Of(static _ => [], new SpecialDays([], []), isQuiet: false);
        Hours rule = new("rule", schedule, isQuiet: false, WindowZone.Person, Calendar);

        Assert.Equal(
            $"{when} where the person is, is no time for such contacts: on that day there are none.",
            Told(rule, 2026, 4, day, 13, 30));
    }

    [Fact]
    public void Of_holidays_it_says_nothing_where_they_do_not_matter() => Assert.StartsWith(
        "Monday, 13:30 where the person is,",
        Told(Open(static _ => []), 2026, 4, 6, 13, 30),
        StringComparison.Ordinal);

    [Fact]
    public void A_zone_of_the_rule_is_named() => Assert.Equal(
        "Monday, 21:30 in UTC, is no time for such contacts: on that day they are made from 10:00 to 13:00 and "
        + "from 14:00 to 20:00.",
        Told(
            new Hours("rule", WeekSchedule.Of(static _ => Shops), isQuiet: false, WindowZone.Utc),
            2026, 3, 2, 22, 30));

    /// <summary>In Rome it is a good time; in New York it is six hours earlier.</summary>
    [Fact]
    public void Of_several_zones_one_is_named_in_which_it_is_no_time()
    {
        Person person = Person.Unknown with { Zones = [Rome, DateTimeZoneProviders.Tzdb["America/New_York"]] };

        Assert.Equal(
            "Monday, 09:59 in America/New_York, one of the 2 zones the person may be in, is no time for such contacts: "
            + "on that day they are made from 10:00 to 13:00 and from 14:00 to 20:00.",
            Told(Open(static _ => Shops), 2026, 3, 2, 15, 59, person));
    }

    private static Hours Open(Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay) =>
        new("rule", WeekSchedule.Of(ofDay), isQuiet: false, WindowZone.Person);

    private static Hours Quiet(Func<IsoDayOfWeek, ImmutableArray<DayInterval>> ofDay) =>
        new("rule", WeekSchedule.Of(ofDay), isQuiet: true, WindowZone.Person);

    private static string Told(
        Hours rule, int year, int month, int day, int hour, int minute, Person? person = null)
    {
        Instant at = new LocalDateTime(year, month, day, hour, minute).InZoneStrictly(Rome).ToInstant();
        Policy policy = new()
        {
            Name = "policy",
            Channels = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = [rule],
        };

        Decision decision = Decider.Decide(
            policy, person ?? (Person.Unknown with { Zone = Rome }), new(new("email", "marketing"), at), at);

        return Assert.Single(Assert.IsType<Decision.Denied>(decision).Reasons).Message;
    }
}
