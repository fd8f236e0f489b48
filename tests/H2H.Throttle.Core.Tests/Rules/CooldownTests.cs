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

/// <summary>Silences of several subjects, of outcomes that came in another order, and of what is planned.</summary>
public sealed class CooldownTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Silence ThreeHours = new Silence.Rolling(new Window.Rolling(Hours(3)));
    private static readonly Matcher Refused = new([new Condition.Outcome([new Glob("refused")])]);

    [Fact]
    public void A_contact_about_two_subjects_is_silenced_by_either()
    {
        Cooldown rule = After(new Counting(Refused, [new GroupKey.Trait(TraitKey.Subject)]), 1, Window.Forever);
        Person refused = Had(Made(1, -2, -1, "car"));

        Assert.IsType<Decision.Denied>(Decide(rule, refused, "car", "house"));
        Assert.IsType<Decision.Denied>(Decide(rule, refused, "boat", "car"));
        Assert.IsType<Decision.Allowed>(Decide(rule, refused, "house"));
    }

    [Fact]
    public void Times_are_counted_in_the_order_in_which_outcomes_came()
    {
        Cooldown twice = After(new Counting(Refused, []), 2, new Window.Rolling(Hours(5)));

        Assert.IsType<Decision.Allowed>(Decide(twice, Had(Made(1, -12, -1), Made(2, -11, -9))));
        Decision.Denied denied =
            Assert.IsType<Decision.Denied>(Decide(twice, Had(Made(1, -12, -1), Made(2, -11, -5))));
        Assert.Equal(Noon + Hours(2), denied.NextAllowedAt);
        Assert.IsType<Decision.Allowed>(Decide(twice, Had(Made(1, -12, -1), Made(2, -11, -6))));
    }

    [Fact]
    public void One_silence_after_another_is_waited_for_and_none_that_begins_after_a_gap()
    {
        Cooldown rule = After(new Counting(Refused, []), 1, Window.Forever);

        Assert.Equal(Noon + Hours(5), NextOf(rule, Had(Made(1, -8, -2), Made(2, -7, 1), Made(3, -6, 2))));
        Assert.Equal(Noon + Hours(1), NextOf(rule, Had(Made(1, -8, -2), Made(2, -7, 2))));
        Assert.Equal(Noon + Hours(4), NextOf(rule, Had(Made(1, -8, -2), Made(2, -7, 1))));
        Assert.Equal(Noon + Hours(3), NextOf(rule, Had(Made(1, -8, 0))));
        Assert.IsType<Decision.Allowed>(Decide(rule, Had(Made(1, -8, -3))));
    }

    [Fact]
    public void What_will_begin_a_silence_closes_the_time_from_then_on()
    {
        Cooldown rule = After(new Counting(Refused, []), 1, Window.Forever);
        Person person = Had(Made(1, -8, 9), Made(2, -7, 4), Made(3, -6, -9));

        ImmutableArray<Interval> slots = Decider.FindSlots(
            Of(rule), person, Asking(), Noon, Noon, Noon + Hours(20), 10);

        Assert.Equal(
            [
                new Interval(Noon, Noon + Hours(4)), new Interval(Noon + Hours(7), Noon + Hours(9)),
                new Interval(Noon + Hours(12), Noon + Hours(20)),
            ],
            slots);
    }

    [Fact]
    public void An_event_of_long_ago_or_of_later_begins_no_silence_now()
    {
        Matcher moved = new([new Condition.Event([new Glob("moved")])]);
        Cooldown rule = After(new Counting(moved, []), 1, Window.Forever);

        Assert.IsType<Decision.Denied>(Decide(rule, Moved(-2)));
        Assert.IsType<Decision.Denied>(Decide(rule, Moved(0)));
        Assert.IsType<Decision.Allowed>(Decide(rule, Moved(-3)));
        Assert.IsType<Decision.Allowed>(Decide(rule, Moved(1)));
    }

    private static Cooldown After(Counting counting, int times, Window within) =>
        new("rest", counting, ThreeHours, times, within, WindowZone.Utc);

    private static LedgerContact Made(int number, int hours, int outcomeHours, params ImmutableArray<string> subjects)
    {
        Instant at = Noon + Hours(hours);
        ContactTraits traits = new("email", "marketing") { Subjects = subjects };
        return new LedgerContact(
            new ContactNumber(number), at, traits, 1, ContactState.Made, at, "refused", Noon + Hours(outcomeHours));
    }

    private static Person Had(params LedgerContact[] contacts) => new() { Ledger = Ledger.Of(contacts) };

    private static Person Moved(int hours) => new()
    {
        Ledger = Ledger.Empty.Add(
            new LedgerEvent("moved", Noon + Hours(hours), new ContactTraits("", "", isOfEvent: true))),
    };

    private static Instant? NextOf(Rule rule, Person person) =>
        Assert.IsType<Decision.Denied>(Decide(rule, person)).NextAllowedAt;

    private static Decision Decide(Rule rule, Person person, params ImmutableArray<string> subjects) =>
        Decider.Decide(Of(rule), person, Asking(subjects), Noon);

    private static Attempt Asking(params ImmutableArray<string> subjects) =>
        new(new ContactTraits("email", "marketing") { Subjects = subjects }, Noon);

    private static Duration Hours(int count) => Duration.FromHours(count);

    private static Policy Of(Rule rule) => new()
    {
        Name = "p",
        Channels = ["email"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = [rule],
    };
}
