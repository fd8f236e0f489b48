using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests;

public sealed class DeciderTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly ContactTraits Sms = new("sms", "marketing");

    private static readonly LedgerContact Reserved = new(
        new ContactNumber(1), Monday, Sms, 1, ContactState.Reserved, After(minutes: 10), null, Monday);

    [Fact]
    public void Denial_carries_the_numbers_and_the_contacts_that_counted()
    {
        Person person = Had((Email, Monday), (Sms, After(hours: 1)), (Email, After(hours: 2)));
        Condition ofEmail = new Condition.Trait(TraitKey.Channel, [new Glob("email")]);
        Policy policy = Of(CapOf("day", 2, new Window.Rolling(Duration.FromHours(24), "24h"), ofEmail));

        Decision.Denied denied = Denied(policy, person, Email, After(hours: 3));

        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal(("day", ReasonCode.CapReached, 2, 2, "rolling 24h"),
            (reason.Rule, reason.Code, reason.Used, reason.Limit, reason.Window));
        Assert.Equal([new ContactNumber(1), new ContactNumber(3)], reason.Counted.Select(static one => one.Number));
        Assert.Equal(After(hours: 24), reason.FreeAt);
        Assert.Equal(reason.FreeAt, denied.NextAllowedAt);
        Assert.Equal("2 contacts count; at most 2 are allowed in rolling 24h.", reason.Message);
        Assert.Equal(["sms"], denied.AllowedChannels);
    }

    [Fact]
    public void Denial_names_everything_in_the_way_what_the_person_said_first()
    {
        Person person = Had((Email, Monday)) with
        {
            Statements = Statements.Of([new Statement(true, new Scope("email"), Monday, null)]),
            Snoozes = [new Snooze(new Scope(), After(days: 1))],
            Limits = [new PersonLimit(new Scope(), 1, Rolling(2))],
        };
        Policy policy = Of(
            CapOf("b", 1, Rolling(3)), CapOf("a", 1, Rolling(4)));

        Decision.Denied denied = Denied(policy, person, Email, After(hours: 1));

        Assert.Equal(["opt-out", "snooze", "person-limit", "b", "a"], denied.Reasons.Select(static one => one.Rule));
        Assert.Equal(
            [
                ReasonCode.OptedOut, ReasonCode.Snoozed, ReasonCode.PersonLimit, ReasonCode.CapReached,
                ReasonCode.CapReached,
            ],
            denied.Reasons.Select(static one => one.Code));
        Assert.Equal(
            [null, After(days: 1), After(days: 2), After(days: 3), After(days: 4)],
            denied.Reasons.Select(static one => one.FreeAt));
        Assert.Null(denied.NextAllowedAt);
        Assert.Empty(denied.AllowedChannels);
    }

    [Fact]
    public void Next_time_may_be_later_than_that_of_every_reason()
    {
        WeekSchedule mornings = WeekSchedule.Of(
            static day => day is IsoDayOfWeek.Monday ? [new DayInterval(540, 600)] : []);
        Policy policy = Of(
            CapOf("week", 1, Rolling(7)), new Hours("hours", mornings, false, WindowZone.Utc));

        Decision.Denied denied = Denied(
            policy, Had((Email, After(minutes: 1))), Email, After(minutes: 2));

        Assert.Equal(After(days: 7, minutes: 1), denied.NextAllowedAt);
        Assert.Equal(
            After(days: 14),
            Denied(policy, Had((Email, After(minutes: 70))), Email, After(minutes: 90)).NextAllowedAt);
    }

    [Fact]
    public void Expired_reservation_frees_its_place_where_the_policy_releases()
    {
        Person person = new() { Ledger = Ledger.Of([Reserved]) };
        Cap cap = CapOf("day", 1, Rolling(1));
        Policy counts = Of(cap);
        Policy releases = Releasing(cap);

        Assert.Equal(
            After(days: 1), Denied(counts, person, Sms, After(minutes: 5)).NextAllowedAt);
        Assert.Equal(
            After(minutes: 10), Denied(releases, person, Sms, After(minutes: 5)).NextAllowedAt);
        Assert.IsType<Decision.Allowed>(Decider.Decide(
            releases, person, new Attempt(Sms, After(minutes: 10)), After(minutes: 10)));
    }

    [Fact]
    public void Planned_contact_is_judged_by_the_reservations_of_the_time_it_is_asked()
    {
        Policy policy = Releasing(CapOf("day", 1, Rolling(1)));
        Person person = new() { Ledger = Ledger.Of([Reserved]) };

        Decision decision = Decider.Decide(
            policy, person, new Attempt(Sms, After(hours: 1)), Monday);

        Assert.Equal(After(days: 1), Assert.IsType<Decision.Denied>(decision).NextAllowedAt);
    }

    [Fact]
    public void Slots_lie_between_what_is_planned_in_every_zone_the_person_may_be_in()
    {
        Person person = Had((Email, Instant.FromUtc(2026, 6, 10, 23, 30))) with { Country = "PT" };
        Policy policy = Of(CapOf("day", 1, new Window.Calendar(CalendarUnit.Day)));

        Instant from = Instant.FromUtc(2026, 6, 9, 12, 0);
        Instant until = Instant.FromUtc(2026, 6, 12, 12, 0);
        ImmutableArray<Interval> slots = Decider.FindSlots(
            policy, person, new Attempt(Email, Monday), Monday, from, until, slotsMax: 9);

        // The contact is on 11 June in Lisbon (UTC+1) and on 10 June in the Azores (UTC+0).
        Assert.Equal(
            [
                new Interval(from, Instant.FromUtc(2026, 6, 10, 0, 0)),
                new Interval(Instant.FromUtc(2026, 6, 11, 23, 0), until),
            ],
            slots);
    }

    [Fact]
    public void Slots_are_as_many_as_asked_for_and_the_last_ends_where_the_search_ends()
    {
        WeekSchedule mornings = WeekSchedule.Of(static _ => [new DayInterval(540, 600)]);
        Policy policy = Of(new Hours("hours", mornings, false, WindowZone.Utc));
        Attempt attempt = new(Email, Monday);

        ImmutableArray<Interval> two = Decider.FindSlots(
            policy, Person.Unknown, attempt, Monday, Monday, After(days: 9), slotsMax: 2);
        ImmutableArray<Interval> cut = Decider.FindSlots(
            policy, Person.Unknown, attempt, Monday, Monday, After(minutes: 30), slotsMax: 2);

        Assert.Equal(
            [new Interval(Monday, After(hours: 1)), new Interval(After(days: 1), After(days: 1, hours: 1))],
            two);
        Assert.Equal([new Interval(Monday, After(minutes: 30))], cut);
    }

    [Fact]
    public void Warnings_are_passed_with_a_reason_and_shadows_always()
    {
        Policy policy = Of(
            CapOf("soft", 1, Rolling(1)) with { Effect = Effect.Warn },
            CapOf("trial", 1, Rolling(1)) with { Effect = Effect.Observe });
        Policy hard = Of(CapOf("hard", 1, Rolling(1)));
        Instant later = After(hours: 1);

        Decision.Denied denied = Denied(policy, Had((Email, Monday)), Email, later);
        Attempt overriding = new(Email, later, overrideReason: "The person asked for it.");
        Decision decision = Decider.Decide(policy, Had((Email, Monday)), overriding, later);

        Assert.Equal(["soft"], denied.Reasons.Select(static one => one.Rule));
        Assert.True(denied.Reasons[0].IsOverridable);
        Assert.False(Assert.Single(Denied(hard, Had((Email, Monday)), Email, later).Reasons).IsOverridable);
        Assert.Equal(["trial"], denied.Shadows.Select(static one => one.Rule));
        Assert.False(denied.Shadows[0].IsOverridable);
        Decision.Allowed allowed = Assert.IsType<Decision.Allowed>(decision);
        Assert.Equal(["soft"], allowed.Warnings.Select(static one => one.Rule));
        Assert.False(allowed.Warnings[0].IsOverridable);
        Assert.Equal(["trial"], allowed.Shadows.Select(static one => one.Rule));
    }

    [Fact]
    public void Overshoot_is_what_a_contact_breaks_that_was_made_anyway()
    {
        Policy policy = Of(CapOf("day", 1, Rolling(1)));

        Assert.Empty(Decider.Overshoot(policy, Person.Unknown, new Attempt(Email, Monday), Monday));
        Assert.Equal(
            ["day"],
            Decider.Overshoot(policy, Had((Email, Monday)), new Attempt(Email, Monday), Monday)
                .Select(static one => one.Rule));
    }

    /// <summary>The window of 20 April is April: it holds 1 April, and 31 March no more.</summary>
    [Fact]
    public void Widened_window_of_a_later_contact_starts_on_the_first_day_of_its_unit()
    {
        Policy policy = Of(CapOf("month", 1, new Window.LastDays(7, CalendarUnit.Month), zone: WindowZone.Utc));
        Person person = Had((Email, Instant.FromUtc(2026, 4, 20, 9, 0)));
        Instant april = Instant.FromUtc(2026, 4, 1, 0, 0);

        Assert.Equal(Instant.FromUtc(2026, 5, 7, 0, 0), Denied(policy, person, Email, april).NextAllowedAt);
        Instant march = april - Duration.FromTicks(1);
        Assert.IsType<Decision.Allowed>(Decider.Decide(policy, person, new Attempt(Email, march), march));
    }

    private static Decision.Denied Denied(Policy policy, Person person, ContactTraits traits, Instant at) =>
        Assert.IsType<Decision.Denied>(Decider.Decide(policy, person, new Attempt(traits, at), at));

    private static Person Had(params (ContactTraits Traits, Instant At)[] contacts) => new()
    {
        Ledger = Ledger.Of(contacts.Select(static (one, i) => new LedgerContact(
            new ContactNumber(i + 1), one.At, one.Traits, 1, ContactState.Made, one.At, null, one.At))),
    };

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "sms"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };

    private static Cap CapOf(string name, int limit, Window window, Condition? when = null, WindowZone? zone = null)
    {
        Matcher matcher = when is null ? Matcher.Any : new Matcher([when]);
        Density density = new(new Counting(matcher, []), window, zone ?? WindowZone.Person);
        return new Cap(name, [new CapLimit(null, limit)], density) { When = matcher };
    }

    private static Policy Releasing(Cap cap)
    {
        Policy counting = Of(cap);
        return new Policy
        {
            Name = "p",
            Channels = counting.Channels,
            Purposes = counting.Purposes,
            Rules = counting.Rules,
            ReleasesUnconfirmedOn = ["sms"],
        };
    }

    private static Window.Rolling Rolling(int days) => new(Duration.FromDays(days));

    private static Instant After(int days = 0, int hours = 0, int minutes = 0) =>
        Monday + Duration.FromDays(days) + Duration.FromHours(hours) + Duration.FromMinutes(minutes);
}
