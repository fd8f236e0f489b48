using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>
/// Times that the person named, and the one reply: 12 CFR 1006, Supplement I, comments 6(b)(1)-1 and 6(b)(1)-2.
/// </summary>
public sealed class InconvenientTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly DateTimeZone LosAngeles = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private static readonly PersonQuiet Afternoons = Quiet(
        static day => day is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday
            ? [DayInterval.WholeDay]
            : [new DayInterval(15 * 60, 17 * 60)],
        null);

    private static readonly Policy NoRules = new()
    {
        Name = "none",
        Channels = ["phone", "email"],
        Purposes = ImmutableDictionary.CreateRange([KeyValuePair.Create("debt", new Purpose("debt"))]),
    };

    [Theory]
    [InlineData("2026-05-06T15:30:00-04:00", "2026-05-06T17:00:00-04:00")]
    [InlineData("2026-05-09T11:00:00-04:00", "2026-05-11T00:00:00-04:00")]
    public void Such_a_time_is_waited_for_until_it_is_over(string at, string over)
    {
        Person person = Named(Afternoons);

        Decision.Denied denied = Assert.IsType<Decision.Denied>(Decide(person, "phone", at));

        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal(("person-quiet", ReasonCode.PersonLimit), (reason.Rule, reason.Code));
        Assert.Equal(At(over), denied.NextAllowedAt);
    }

    [Fact]
    public void It_ends_with_the_last_day_where_the_person_is()
    {
        Person person = Named(Quiet(
            static day => day is IsoDayOfWeek.Tuesday or IsoDayOfWeek.Thursday ? [DayInterval.WholeDay] : [],
            new LocalDate(2026, 12, 31)));

        Decision.Denied last = Assert.IsType<Decision.Denied>(Decide(person, "phone", "2026-12-31T10:00:00-05:00"));

        Assert.Equal(At("2027-01-01T00:00:00-05:00"), last.NextAllowedAt);
        Assert.IsType<Decision.Allowed>(Decide(person, "phone", "2027-01-05T10:00:00-05:00"));
    }

    [Fact]
    public void A_night_that_begins_on_the_last_day_ends_at_midnight()
    {
        Person person = Named(Quiet(static _ => [new DayInterval(22 * 60, 30 * 60)], new LocalDate(2026, 5, 6)));

        Decision.Denied night = Assert.IsType<Decision.Denied>(Decide(person, "phone", "2026-05-06T23:00:00-04:00"));

        Assert.Equal(At("2026-05-07T00:00:00-04:00"), night.NextAllowedAt);
        Assert.IsType<Decision.Allowed>(Decide(person, "phone", "2026-05-07T00:00:00-04:00"));
    }

    [Fact]
    public void Who_writes_at_such_a_time_is_answered_once_and_by_the_same_channel()
    {
        Instant wrote = At("2026-05-06T15:30:00-04:00");
        Person asked = Named(Afternoons) with { Ledger = Ledger.Empty.Add(Message(wrote)) };
        Person answered = asked with
        {
            Ledger = asked.Ledger.Add(Contact(wrote + Duration.FromMinutes(10), "email", Direction.Out)),
        };
        Person called = asked with
        {
            Ledger = asked.Ledger.Add(Contact(wrote + Duration.FromMinutes(10), "phone", Direction.Out)),
        };

        Assert.IsType<Decision.Allowed>(Decide(asked, "email", "2026-05-06T15:40:00-04:00"));
        Assert.IsType<Decision.Denied>(Decide(asked, "phone", "2026-05-06T15:40:00-04:00"));
        Assert.IsType<Decision.Denied>(Decide(answered, "email", "2026-05-06T15:50:00-04:00"));
        Assert.IsType<Decision.Allowed>(Decide(called, "email", "2026-05-06T15:50:00-04:00"));
    }

    [Fact]
    public void A_contact_that_came_in_is_a_message_too_and_one_given_back_is_no_answer()
    {
        Instant wrote = At("2026-05-06T15:30:00-04:00");
        LedgerContact released = Contact(wrote + Duration.FromMinutes(5), "email", Direction.Out) with
        {
            State = ContactState.Released,
        };
        Person person = Named(Afternoons) with
        {
            Ledger = Ledger.Of([Contact(wrote, "email", Direction.In), released]),
        };

        Assert.IsType<Decision.Allowed>(Decide(person, "email", "2026-05-06T15:40:00-04:00"));
    }

    [Fact]
    public void Leave_to_answer_lasts_as_long_as_the_time_in_which_they_wrote()
    {
        Person early = Named(Afternoons) with
        {
            Ledger = Ledger.Empty.Add(Message(At("2026-05-06T14:59:00-04:00"))),
        };
        Person late = Named(Afternoons) with
        {
            Ledger = Ledger.Empty.Add(Message(At("2026-05-06T16:59:00-04:00"))),
        };

        Assert.IsType<Decision.Denied>(Decide(early, "email", "2026-05-06T15:30:00-04:00"));
        Assert.IsType<Decision.Denied>(Decide(late, "email", "2026-05-07T15:30:00-04:00"));
    }

    [Fact]
    public void Slots_begin_and_end_with_such_times_but_for_the_one_in_which_they_wrote()
    {
        Instant now = At("2026-05-06T15:40:00-04:00");
        Person asked = Named(Afternoons) with { Ledger = Ledger.Empty.Add(Message(now - Duration.FromMinutes(5))) };

        Assert.Equal(
            [
                new Interval(now, At("2026-05-07T15:00:00-04:00")),
                new Interval(At("2026-05-07T17:00:00-04:00"), At("2026-05-08T00:00:00-04:00")),
            ],
            Slots(asked, "email", now, At("2026-05-08T00:00:00-04:00")));
        Assert.Equal(
            [
                new Interval(At("2026-05-06T17:00:00-04:00"), At("2026-05-07T15:00:00-04:00")),
                new Interval(At("2026-05-07T17:00:00-04:00"), At("2026-05-08T00:00:00-04:00")),
            ],
            Slots(asked, "phone", now, At("2026-05-08T00:00:00-04:00")));
    }

    [Fact]
    public void Where_the_zone_is_not_certain_such_times_hold_in_each_that_it_may_be()
    {
        Person person = Named(Afternoons) with { Zone = null, Zones = [NewYork, LosAngeles] };

        Assert.Equal(
            [
                new Interval(At("2026-05-06T17:00:00-04:00"), At("2026-05-06T18:00:00-04:00")),
                new Interval(At("2026-05-06T20:00:00-04:00"), At("2026-05-07T15:00:00-04:00")),
            ],
            Slots(person, "phone", At("2026-05-06T15:00:00-04:00"), At("2026-05-07T15:30:00-04:00")));
    }

    [Fact]
    public void Purposes_that_do_not_obey_hours_do_not_obey_these_either()
    {
        Policy alarms = NoRules with
        {
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("debt", new Purpose("debt", ObeysHours: false)),
        };
        Attempt attempt = new(new ContactTraits("phone", "debt"), At("2026-05-06T15:30:00-04:00"));

        Assert.IsType<Decision.Allowed>(Decider.Decide(alarms, Named(Afternoons), attempt, attempt.At));
    }

    [Fact]
    public void It_is_told_in_the_persons_words()
    {
        Reason reason = Assert.Single(Assert.IsType<Decision.Denied>(
            Decide(Named(Afternoons), "phone", "2026-05-06T15:30:00-04:00")).Reasons);

        Assert.Equal("The person named this time as inconvenient.", reason.Message);
        Assert.Equal("as the person said", reason.Window);
    }

    /// <remarks>
    /// That a message comes in at the very instant of its answer, or one at the end of the time, is an edge of its own.
    /// </remarks>
    [Fact]
    public void Only_what_they_wrote_in_that_time_and_by_then_gives_leave_to_answer()
    {
        Instant wrote = At("2026-05-06T15:30:00-04:00");
        Person later = Named(Afternoons) with { Ledger = Ledger.Empty.Add(Message(wrote + Duration.FromHours(1))) };
        Person bought = Named(Afternoons) with
        {
            Ledger = Ledger.Empty.Add(
                new LedgerEvent("purchase", wrote, new ContactTraits("email", "", isOfEvent: true))),
        };
        Person called = Named(Afternoons) with { Ledger = Ledger.Of([Contact(wrote, "phone", Direction.In)]) };
        Person now = Named(Afternoons) with { Ledger = Ledger.Empty.Add(Message(At("2026-05-06T15:40:00-04:00"))) };
        Person nowIn = Named(Afternoons) with
        {
            Ledger = Ledger.Of([Contact(At("2026-05-06T15:40:00-04:00"), "email", Direction.In)]),
        };

        Assert.All(
            [later, bought, called],
            static person => Assert.IsType<Decision.Denied>(Decide(person, "email", "2026-05-06T15:40:00-04:00")));
        Assert.All(
            [now, nowIn],
            static person => Assert.IsType<Decision.Allowed>(Decide(person, "email", "2026-05-06T15:40:00-04:00")));
    }

    [Fact]
    public void Whoever_writes_again_may_be_answered_again_and_what_was_sent_before_is_no_answer()
    {
        Instant wrote = At("2026-05-06T15:30:00-04:00");
        LedgerContact answer = Contact(wrote + Duration.FromMinutes(5), "email", Direction.Out);
        Person again = Named(Afternoons) with
        {
            Ledger = Ledger.Of([answer], [Message(wrote), Message(wrote + Duration.FromMinutes(9))]),
        };
        Person before = Named(Afternoons) with
        {
            Ledger = Ledger.Of([Contact(wrote - Duration.FromMinutes(5), "email", Direction.Out)], [Message(wrote)]),
        };
        Person atOnce = Named(Afternoons) with
        {
            Ledger = Ledger.Of([Contact(wrote, "email", Direction.Out)], [Message(wrote)]),
        };
        Person inAgain = Named(Afternoons) with
        {
            Ledger = Ledger.Of(
            [
                Contact(wrote, "email", Direction.In), answer,
                Contact(wrote + Duration.FromMinutes(9), "email", Direction.In),
            ]),
        };

        Assert.All(
            [again, before, inAgain],
            static person => Assert.IsType<Decision.Allowed>(Decide(person, "email", "2026-05-06T15:40:00-04:00")));
        Assert.IsType<Decision.Denied>(Decide(atOnce, "email", "2026-05-06T15:40:00-04:00"));
    }

    [Fact]
    public void What_is_planned_for_after_that_time_is_no_answer_to_what_they_wrote_in_it()
    {
        Instant wrote = At("2026-05-06T15:30:00-04:00");
        Person person = Named(Afternoons) with
        {
            Ledger = Ledger.Of(
                [Contact(At("2026-05-06T17:00:00-04:00"), "email", Direction.Out)], [Message(wrote)]),
        };

        Assert.IsType<Decision.Allowed>(Decide(person, "email", "2026-05-06T15:40:00-04:00"));
    }

    private static PersonQuiet Quiet(Func<IsoDayOfWeek, ImmutableArray<DayInterval>> times, LocalDate? until) =>
        new(Scope.Everything, WeekSchedule.Of(times), "as the person said", until);

    private static Person Named(PersonQuiet quiet) => new() { Zone = NewYork, QuietTimes = [quiet] };

    private static LedgerEvent Message(Instant at) => new(
        LedgerEvent.InboundMessage, at, new ContactTraits("email", "", isOfEvent: true));

    private static LedgerContact Contact(Instant at, string channel, Direction direction) => new(
        new ContactNumber(at.ToUnixTimeTicks()),
        at,
        new ContactTraits(channel, "debt") { Direction = direction },
        1,
        ContactState.Made,
        at,
        null,
        at);

    private static Decision Decide(Person person, string channel, string at) =>
        Decider.Decide(NoRules, person, new Attempt(new ContactTraits(channel, "debt"), At(at)), At(at));

    private static ImmutableArray<Interval> Slots(Person person, string channel, Instant from, Instant until) =>
        Decider.FindSlots(
            NoRules, person, new Attempt(new ContactTraits(channel, "debt"), from), from, from, until, 10);

    private static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();
}
