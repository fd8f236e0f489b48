using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>What must have happened before, in one of two ways.</summary>
public sealed class NeedsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 5, 13, 12, 0);
    private static readonly DateTimeZone Rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
    private static readonly DateTimeZone Tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];
    private static readonly ContactTraits Call = new("phone", "marketing");
    private static readonly Needs Bought = OfEvent("purchase", new Window.Rolling(Hours(10)));
    private static readonly Needs Wrote = OfEvent("inbound_message", new Window.Rolling(Hours(2)));

    [Fact]
    public void One_of_two_is_enough_and_both_are_over_when_the_later_is()
    {
        Needs either = Bought with { Or = Wrote };
        Person person = Had(("purchase", -9), ("inbound_message", 0));
        Person other = Had(("purchase", -4), ("inbound_message", -1));

        Assert.Equal([new Interval(Noon, Noon + Hours(2))], Slots(either, person));
        Assert.Equal([new Interval(Noon, Noon + Hours(6))], Slots(either, other));
        Assert.Equal([new Interval(Noon, Noon + Hours(2))], Slots(either, Had(("inbound_message", 0))));
        Assert.Empty(Slots(either, Person.Unknown));
        Assert.Equal([new Interval(Noon, Noon + Hours(1))], Slots(Bought, person));
    }

    [Fact]
    public void The_latest_happening_counts_in_whatever_order_they_are_told()
    {
        Assert.Equal([new Interval(Noon, Noon + Hours(9))], Slots(Bought, Had(("purchase", -1), ("purchase", -5))));
        Assert.Equal([new Interval(Noon, Noon + Hours(9))], Slots(Bought, Had(("purchase", -5), ("purchase", -1))));
    }

    [Fact]
    public void What_is_planned_is_waited_for_if_it_counts()
    {
        Needs talked = new("needs", new Counting(On("phone"), []), new Window.Rolling(Hours(3)), WindowZone.Utc);
        Person person = new()
        {
            Ledger = Ledger.Of([Planned(1, "email", 1), Planned(2, "phone", 9), Planned(3, "phone", 4)]),
        };

        Decision.Denied denied = Assert.IsType<Decision.Denied>(Decide(talked, person));

        Assert.Equal(Noon + Hours(4), denied.NextAllowedAt);
        Assert.Equal(
            [new Interval(Noon + Hours(4), Noon + Hours(7)), new Interval(Noon + Hours(9), Noon + Hours(12))],
            Slots(talked, person));
        Assert.Null(Assert.IsType<Decision.Denied>(
            Decide(talked, person with { Ledger = Ledger.Of([Planned(1, "email", 1)]) })).NextAllowedAt);
    }

    [Fact]
    public void What_comes_first_is_waited_for_of_two_that_will_do()
    {
        Needs called = new("calls", new Counting(On("phone"), []), new Window.Rolling(Hours(1)), WindowZone.Utc);
        Needs mailed = new("mails", new Counting(On("email"), []), new Window.Rolling(Hours(1)), WindowZone.Utc);
        Person person = new() { Ledger = Ledger.Of([Planned(1, "email", 3), Planned(2, "phone", 6)]) };

        Assert.Equal(Noon + Hours(3), NextOf(called with { Or = mailed }, person));
        Assert.Equal(Noon + Hours(3), NextOf(mailed with { Or = called }, person));
        Assert.Equal(Noon + Hours(6), NextOf(called, person));
        Assert.Equal(Noon + Hours(6), NextOf(called with { Or = Bought }, person));
        Assert.Equal(Noon + Hours(6), NextOf(Bought with { Or = called }, person));
    }

    [Fact]
    public void Days_are_over_as_soon_as_they_are_in_one_of_the_zones_that_it_may_be()
    {
        Needs today = new("today", Bought.Happened, new Window.Calendar(CalendarUnit.Day), WindowZone.Person);
        Person bought = Had(("purchase", 0));
        Instant midnight = new LocalDateTime(2026, 5, 14, 0, 0).InZoneStrictly(Tokyo).ToInstant();

        Assert.Equal([new Interval(Noon, midnight)], Slots(today, bought with { Zones = [Rome, Tokyo] }));
        Assert.Equal([new Interval(Noon, midnight)], Slots(today, bought with { Zones = [Tokyo, Rome] }));
    }

    [Fact]
    public void It_looks_as_far_back_as_the_one_that_looks_farther_and_says_both()
    {
        Needs ever = OfEvent("purchase", Window.Forever);

        Assert.Equal(Hours(10), (Bought with { Or = Wrote }).Reach);
        Assert.Equal(Hours(10), (Wrote with { Or = Bought }).Reach);
        Assert.Null((Wrote with { Or = ever }).Reach);
        Assert.Null((ever with { Or = Wrote }).Reach);
        Assert.Equal(
            "What such a contact needs has not happened, or is too long ago (rolling 10h, or rolling 2h).",
            Assert.Single(Assert.IsType<Decision.Denied>(
                Decide(Bought with { Or = Wrote }, Person.Unknown)).Reasons).Message);
        Assert.Equal(2, (Bought with { Or = Wrote }).Countings.Count());
        Assert.Single(Bought.Countings);
    }

    private static Needs OfEvent(string name, Window within) => new(
        "needs", new Counting(new([new Condition.Event([new Glob(name)])]), []), within, WindowZone.Utc);

    private static Matcher On(string channel) =>
        new([new Condition.Trait(TraitKey.Channel, [new Glob(channel)])]);

    private static Person Had(params (string Name, int Hours)[] events) => new()
    {
        Ledger = events.Aggregate(Ledger.Empty, static (ledger, one) => ledger.Add(new LedgerEvent(
            one.Name, Noon + Hours(one.Hours), new ContactTraits("", "", isOfEvent: true)))),
    };

    private static LedgerContact Planned(int number, string channel, int hours)
    {
        Instant at = Noon + Hours(hours);
        ContactTraits traits = new(channel, "marketing");
        return new LedgerContact(new ContactNumber(number), at, traits, 1, ContactState.Made, at, null, at);
    }

    private static Instant? NextOf(Rule rule, Person person) =>
        Assert.IsType<Decision.Denied>(Decide(rule, person)).NextAllowedAt;

    private static Decision Decide(Rule rule, Person person) =>
        Decider.Decide(Of(rule), person, new Attempt(Call, Noon), Noon);

    private static ImmutableArray<Interval> Slots(Rule rule, Person person) => Decider.FindSlots(
        Of(rule), person, new Attempt(Call, Noon), Noon, Noon, Noon + Duration.FromDays(9), 10);

    private static Duration Hours(int count) => Duration.FromHours(count);

    private static Policy Of(Rule rule) => new()
    {
        Name = "p",
        Channels = ["phone", "email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = [rule],
    };
}
