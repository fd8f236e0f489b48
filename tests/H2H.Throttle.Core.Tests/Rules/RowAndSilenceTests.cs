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

/// <summary>What balances, cooldowns and needs say of themselves, refuse, and look back.</summary>
public sealed class RowAndSilenceTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly Matcher IsEmail = new([new Condition.Trait(TraitKey.Channel, [new Glob("email")])]);
    private static readonly Counting All = new(Matcher.Any, []);
    private static readonly Counting Busy = new(new Matcher([new Condition.Outcome([new Glob("busy")])]), []);
    private static readonly Counting Bought = new(new Matcher([new Condition.Event([new Glob("purchase")])]), []);
    private static readonly Window.Rolling Day = new(Duration.FromHours(24), "24h");

    [Fact]
    public void A_row_is_at_least_two_long_and_leaves_room_for_others()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Balance("b", -1, 5, All, IsEmail));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Balance("b", 0, 1, All, IsEmail));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Balance("b", 5, 101, All, IsEmail));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Balance("b", 5, 5, All, IsEmail));
        Assert.Equal("balance", new Balance("b", 99, 100, All, IsEmail).KindName);
    }

    [Fact]
    public void A_row_is_told_with_its_numbers_and_its_ends()
    {
        Balance two = new("two", 2, 3, All, IsEmail);

        Evidence evidence = Evidence(two, Made(3), Made(2), Made(-4));

        Assert.Equal("2 of the 2 contacts around it are of its kind.", Refusal(two, Made(2), Made(1)).Message);
        Assert.Null(Refusal(two, Made(2), Made(1)).FreeAt);
        Assert.Equal((2, 2, "last 3 contacts"), (evidence.Used, evidence.Limit, evidence.Window));
        Assert.Equal((Noon - Duration.FromHours(3), Noon), (evidence.Start, evidence.End));
        Assert.Equal(2, evidence.Counted.Length);
    }

    [Fact]
    public void A_row_of_another_kind_is_nothing_to_look_at()
    {
        Balance texts = new("texts", 0, 3, All, new Matcher([new Condition.Priority(50, 100)]));

        Evidence evidence = Evidence(texts, Made(2), Made(1));

        Assert.Equal((0, 0, null, null), (evidence.Used, evidence.Counted.Length, evidence.Start, evidence.End));
    }

    [Fact]
    public void A_silence_happens_at_least_once_and_not_too_often()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Silent(Busy, Silence.Forever, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Silent(Busy, Silence.Forever, 101));
        Assert.Equal("cooldown", Silent(Busy, Silence.Forever, 100).KindName);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 7)]
    public void A_silence_looks_back_as_far_as_what_began_it_can_matter(int times, int days)
    {
        Assert.Equal(Duration.FromDays(days), Silent(Busy, new Silence.Days(3, IncludesFirst: false), times).Reach);
        Assert.Null(Silent(Busy, Silence.Forever, times).Reach);
    }

    [Fact]
    public void A_silence_says_after_what_and_for_how_long()
    {
        LedgerContact busy = Made(1) with { Outcome = "busy" };

        Assert.Equal(
            "Silence for 1 day after the outcome busy.",
            Refusal(Silent(Busy, new Silence.Days(1, IncludesFirst: false), 1), busy).Message);
        Assert.Equal(
            "Silence for 2 days after the outcome busy 2 times.",
            Refusal(Silent(Busy, new Silence.Days(2, IncludesFirst: true), 2), busy, busy with { Number = new(9) })
                .Message);
        Assert.Equal(
            "Silence for good after the outcome busy.", Refusal(Silent(Busy, Silence.Forever, 1), busy).Message);
        Assert.Equal(
            "Silence for 24h after what happened.", Refusal(Silent(All, new Silence.Rolling(Day), 1), busy).Message);
    }

    [Fact]
    public void The_silence_that_is_on_is_told_from_the_contact_or_its_outcome_on()
    {
        Cooldown day = Silent(Busy, new Silence.Rolling(Day), 1);
        LedgerContact over = Made(30) with { Outcome = "busy" };
        LedgerContact told = Made(9) with { Outcome = "busy", OutcomeAt = Noon - Duration.FromHours(2) };

        Evidence evidence = Evidence(day, over, told);
        Evidence made = Evidence(Silent(All, new Silence.Rolling(Day), 1), told);
        Evidence none = Evidence(day, over);

        Assert.Equal((Noon - Duration.FromHours(2), Noon + Duration.FromHours(22)), (evidence.Start, evidence.End));
        Assert.Equal((1, "rolling 24h"), (evidence.Used, evidence.Window));
        Assert.Equal(told, Assert.Single(evidence.Counted));
        Assert.Equal((Noon - Duration.FromHours(9), Noon + Duration.FromHours(15)), (made.Start, made.End));
        Assert.Equal((null, null, null), (none.Used, none.Start, none.End));
    }

    [Fact]
    public void A_silence_that_an_event_began_does_not_tell_when()
    {
        Cooldown day = Silent(Bought, new Silence.Rolling(Day), 1);

        Reason reason = Refusal(day, [Purchase(3)]);

        Assert.Equal("Silence for 24h after the event purchase.", reason.Message);
        Assert.Equal(
            "Silence for 5y after the event purchase.",
            Refusal(Silent(Bought, new Silence.RollingMonths(new(60)), 1), [Purchase(3)]).Message);
        Assert.Empty(reason.Counted);
        Assert.Equal(Noon + Duration.FromHours(21), reason.FreeAt);
        Assert.Null(Finding(day, new Person { Ledger = Ledger.Of([], [Purchase(3)]) }).Evidence.Start);
    }

    [Fact]
    public void A_need_looks_back_as_far_as_the_longer_of_its_two_ways()
    {
        Needs days = new("n", Bought, new Window.LastDays(9), WindowZone.Utc);
        Needs day = new("n", Bought, Day, WindowZone.Utc);

        Assert.Equal("needs", day.KindName);
        Assert.Equal(Day.Span, day.Reach);
        Assert.Equal(days.Reach, (day with { Or = days }).Reach);
        Assert.Equal(days.Reach, (days with { Or = day }).Reach);
        Assert.Null((day with { Or = new Needs("n", Bought, Window.Forever, WindowZone.Utc) }).Reach);
        Assert.Null((new Needs("n", Bought, Window.Forever, WindowZone.Utc) with { Or = day }).Reach);
    }

    [Fact]
    public void Either_of_two_needs_will_do_and_both_are_told()
    {
        Needs wrote = new("n", new Counting(new Matcher([new Condition.Event([new Glob("inquiry")])]), []), Day,
            WindowZone.Utc);
        Needs both = wrote with { Or = new Needs("n", Bought, new Window.LastDays(2), WindowZone.Utc) };
        Person bought = new() { Ledger = Ledger.Of([], [Purchase(25)]) };

        Assert.Null(Finding(both, bought).Obstacle);
        Assert.Equal(Noon + Duration.FromHours(12), Finding(both, bought).DeniesFrom);
        Assert.Equal(
            "What such a contact needs has not happened, or is too long ago (rolling 24h).",
            Finding(wrote, bought).Obstacle!.Message);
        Assert.Equal("rolling 24h, or last 2 days", Finding(both, new Person()).Obstacle!.Window);
    }

    private static Cooldown Silent(Counting after, Silence silence, int times) =>
        new("c", after, silence, times, times == 1 ? Window.Forever : Day, WindowZone.Utc);

    private static LedgerEvent Purchase(int hoursAgo) =>
        new("purchase", Noon - Duration.FromHours(hoursAgo), new ContactTraits("", "", isOfEvent: true));

    private static LedgerContact Made(int hoursAgo)
    {
        Instant at = Noon - Duration.FromHours(hoursAgo);
        return new LedgerContact(
            new ContactNumber(hoursAgo + 100), at, Email, 1, ContactState.Made, at, null, at);
    }

    private static Reason Refusal(Rule rule, params ImmutableArray<LedgerContact> contacts) =>
        Finding(rule, new Person { Ledger = Ledger.Of(contacts) }).Obstacle!;

    private static Reason Refusal(Rule rule, ImmutableArray<LedgerEvent> events) =>
        Finding(rule, new Person { Ledger = Ledger.Of([], events) }).Obstacle!;

    private static Evidence Evidence(Rule rule, params ImmutableArray<LedgerContact> contacts) =>
        Finding(rule, new Person { Ledger = Ledger.Of(contacts) }).Evidence;

    private static RuleFinding Finding(Rule rule, Person person)
    {
        Policy policy = new()
        {
            Name = "rows",
            Channels = ["email", "sms"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = [rule],
        };
        return Decider.Explain(policy, person, new Attempt(Email, Noon), Noon).Rules.Single(one => one.Rule == rule);
    }
}
