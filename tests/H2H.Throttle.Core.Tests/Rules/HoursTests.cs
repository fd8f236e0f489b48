using System.Collections.Frozen;
using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class HoursTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly DateTimeZone Rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly WeekSchedule Office = WeekSchedule.Of(static _ => [new DayInterval(9 * 60, 17 * 60)]);
    private static readonly Hours Open = new("open", Office, isQuiet: false, WindowZone.Person);
    private static readonly Hours Quiet = new("quiet", Office, isQuiet: true, WindowZone.Person);
    private static readonly Person Either = new() { Zones = [Rome, London] };

    [Fact]
    public void Purposes_that_do_not_obey_hours_pass_at_night()
    {
        Policy alarms = Of(Open) with
        {
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("m", new Purpose("m", ObeysHours: false)),
        };

        Assert.IsType<Decision.Allowed>(Decider.Decide(alarms, Either, Asking(Monday), Monday));
        Assert.IsType<Decision.Denied>(Decider.Decide(Of(Open), Either, Asking(Monday), Monday));
    }

    [Fact]
    public void Where_the_zone_is_one_of_two_they_are_met_in_both()
    {
        Instant end = Monday + Duration.FromDays(1);

        Assert.Equal([new Interval(At(9), At(16))], Slots(Open, end));
        Assert.Equal([new Interval(Monday, At(8)), new Interval(At(17), end)], Slots(Quiet, end));
    }

    /// <remarks>The clocks go forward on 29 March, in Rome and in London at the same instant.</remarks>
    [Fact]
    public void What_two_zones_share_is_found_behind_a_change_of_their_clocks_too()
    {
        WeekSchedule sundayNoon = WeekSchedule.Of(static day => day is IsoDayOfWeek.Sunday
            ? [new DayInterval(12 * 60, 13 * 60 + 1)]
            : []);
        Hours sundays = new("sundays", sundayNoon, isQuiet: false, WindowZone.Person);
        Instant late = Instant.FromUtc(2026, 3, 28, 12, 0);

        Decision.Denied denied = Assert.IsType<Decision.Denied>(
            Decider.Decide(Of(sundays), Either, Asking(late), late));

        Assert.Equal(Instant.FromUtc(2026, 3, 29, 11, 0), denied.NextAllowedAt);
    }

    [Fact]
    public void A_calendar_of_the_rules_own_comes_before_that_of_the_country()
    {
        WeekSchedule noFeasts = WeekSchedule.Of(
            static _ => [DayInterval.WholeDay], new SpecialDays([], null), isQuiet: false);
        HolidayCalendar none = new("none", null, 2026, 2026, []);
        HolidayCalendar monday = new("monday", "IT", 2026, 2026, [new LocalDate(2026, 3, 2)]);
        Person italian = new() { Zone = Rome, Country = "IT" };
        Hours byCountry = new("hours", noFeasts, isQuiet: false, WindowZone.Person);
        Hours byOwn = new("hours", noFeasts, isQuiet: false, WindowZone.Person, none);

        Assert.IsType<Decision.Denied>(DecideWith(byCountry, italian, monday));
        Assert.IsType<Decision.Allowed>(DecideWith(byOwn, italian, monday));
        Assert.IsType<Decision.Allowed>(DecideWith(byCountry, italian, none));
    }

    [Fact]
    public void Without_a_calendar_a_day_is_judged_as_a_holiday_and_that_is_said()
    {
        WeekSchedule noFeasts = WeekSchedule.Of(
            static _ => [DayInterval.WholeDay], new SpecialDays([new DayInterval(600, 720)], null), isQuiet: false);
        Hours hours = new("hours", noFeasts, isQuiet: false, WindowZone.Utc);

        Decision.Allowed allowed = Assert.IsType<Decision.Allowed>(
            Decider.Decide(Of(hours), Either, Asking(At(10)), At(10)));

        Assert.Equal(
            "No calendar tells the person's holidays, so any day is judged as if it may be one.",
            Assert.Single(allowed.Warnings).Message);
        Assert.IsType<Decision.Denied>(Decider.Decide(Of(hours), Either, Asking(At(9)), At(9)));
    }

    private static Decision DecideWith(Rule rule, Person person, HolidayCalendar calendar) => Decider.Decide(
        Of(rule) with
        {
            Calendars = new Dictionary<string, HolidayCalendar> { ["IT"] = calendar }.ToFrozenDictionary(),
        },
        person,
        Asking(At(12)),
        At(12));

    private static ImmutableArray<Interval> Slots(Rule rule, Instant end) =>
        Decider.FindSlots(Of(rule), Either, Asking(Monday), Monday, Monday, end, 10);

    private static Instant At(int hour) => Monday + Duration.FromHours(hour);

    private static Attempt Asking(Instant at) => new(new ContactTraits("email", "m"), at);

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("m", new Purpose("m")),
        Rules = rules,
    };
}
