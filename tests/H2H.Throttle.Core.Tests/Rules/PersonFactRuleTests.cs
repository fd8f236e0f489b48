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

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>Rules about what is known of a person: consents, holds, and what happened.</summary>
public sealed class PersonFactRuleTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 13, 12, 0);
    private static readonly ContactTraits Call = new("phone", "marketing");
    private static readonly ConsentNeeded Consent = new("consent", new ConsentTerms("calls"));
    private static readonly Counting Inbound =
        new(new Matcher([new Condition.Event([new Glob("inbound_message")])]), []);

    [Fact]
    public void Without_a_consent_that_covers_it_a_contact_is_denied_for_good()
    {
        Person other = Agreed(new Scope("email"), Now - Duration.FromDays(1), null);

        AssertDenied(Consent, Person.Unknown, ReasonCode.ConsentMissing, null);
        AssertDenied(Consent, other, ReasonCode.ConsentMissing, null);
    }

    [Fact]
    public void A_consent_holds_from_its_start_until_its_end()
    {
        Instant start = Now + Duration.FromDays(1);
        Person person = Agreed(new Scope("phone"), start, start + Duration.FromDays(60));

        AssertDenied(Consent, person, ReasonCode.ConsentMissing, start);
        Assert.True(Allows(Consent, person, start));
        Assert.True(Allows(Consent, person, start + Duration.FromDays(60) - Duration.Epsilon));
        Assert.False(Allows(Consent, person, start + Duration.FromDays(60)));
    }

    [Fact]
    public void A_consent_ends_with_the_event_or_outcome_that_ends_it()
    {
        Person agreed = Agreed(Scope.Everything, Now - Duration.FromDays(9), null, "revoked", "conversation");
        Person revoked = agreed with
        {
            Ledger = Ledger.Empty.Add(new LedgerEvent("revoked", Now - Duration.FromDays(2), NothingKnown)),
        };
        Person talked = agreed with { Ledger = Ledger.Empty.Add(Made(Now - Duration.FromDays(1), "conversation")) };
        Person before = agreed with { Ledger = Ledger.Empty.Add(Made(Now - Duration.FromDays(10), "conversation")) };

        Assert.True(Allows(Consent, agreed, Now));
        Assert.False(Allows(Consent, revoked, Now));
        Assert.False(Allows(Consent, talked, Now));
        Assert.True(Allows(Consent, before, Now));
    }

    [Fact]
    public void A_consent_lifts_a_rule_for_as_long_as_it_is_in_force()
    {
        Rule blocked = new Cap(
            "blocked",
            [CapLimit.Blocked],
            new Density(new Counting(Matcher.Any, []), Window.Forever, WindowZone.Utc))
        {
            UnlessConsent = new ConsentTerms("calls"),
        };
        Person person = Agreed(Scope.Everything, Now + Duration.FromHours(1), Now + Duration.FromHours(3));

        AssertDenied(blocked, person, ReasonCode.CapReached, Now + Duration.FromHours(1));
        Interval slot = Assert.Single(Decider.FindSlots(
            PolicyOf(blocked), person, new Attempt(Call, Now), Now, Now, Now + Duration.FromDays(1), 10));
        Assert.Equal(new Interval(Now + Duration.FromHours(1), Now + Duration.FromHours(3)), slot);
    }

    [Fact]
    public void A_hold_stops_contact_until_it_is_lifted()
    {
        OnHold rule = new("hold", "open_complaint");

        AssertDenied(rule, new Person { Holds = ["open_complaint"] }, ReasonCode.OnHold, null);
        Assert.True(Allows(rule, new Person { Holds = ["another"] }, Now));
    }

    [Fact]
    public void A_hold_has_a_name_of_a_bounded_length_and_a_cap_keeps_one_slot_at_least()
    {
        string longest = new('h', OnHold.HoldLengthMax);

        Assert.Equal(longest, new OnHold("hold", longest).Hold);
        Assert.Throws<ArgumentException>(static () => new OnHold("hold", " "));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnHold("hold", longest + "h"));
        Assert.Equal(1, new KeptSlots(1, Matcher.Any).Slots);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeptSlots(0, Matcher.Any));
    }

    [Fact]
    public void What_a_contact_needs_must_have_happened_and_not_too_long_ago()
    {
        Needs rule = new("needs", Inbound, new Window.Rolling(Duration.FromHours(24)), WindowZone.Person);
        Person wrote = new()
        {
            Ledger = Ledger.Empty
                .Add(new LedgerEvent("purchase", Now, NothingKnown))
                .Add(new LedgerEvent("inbound_message", Now - Duration.FromHours(23), NothingKnown)),
        };

        AssertDenied(rule, Person.Unknown, ReasonCode.NeedMissing, null);
        Assert.True(Allows(rule, wrote, Now));
        Assert.True(Allows(rule, wrote, Now + Duration.FromHours(1) - Duration.FromTicks(1)));
        Assert.False(Allows(rule, wrote, Now + Duration.FromHours(1)));
        Assert.False(Allows(rule, wrote, Now - Duration.FromHours(24)));
    }

    [Fact]
    public void What_is_needed_again_in_time_leaves_one_slot_without_a_seam()
    {
        Needs rule = new(
            "needs",
            new Counting(Matcher.Any, []),
            new Window.Rolling(Duration.FromHours(24)),
            WindowZone.Person);
        Person person = new()
        {
            Ledger = Ledger.Empty
                .Add(Made(Now - Duration.FromHours(1), "conversation"))
                .Add(Made(Now + Duration.FromHours(20), "conversation")),
        };

        Interval slot = Assert.Single(Decider.FindSlots(
            PolicyOf(rule), person, new Attempt(Call, Now), Now, Now, Now + Duration.FromDays(9), 10));

        Assert.Equal(new Interval(Now, Now + Duration.FromHours(44)), slot);
    }

    [Fact]
    public void An_event_can_begin_a_silence_and_counts_for_no_cap()
    {
        Person wrote = new()
        {
            Ledger = Ledger.Empty.Add(new LedgerEvent("inbound_message", Now - Duration.FromHours(1), NothingKnown)),
        };
        Silence hours = new Silence.Rolling(new Window.Rolling(Duration.FromHours(3)));
        Cooldown rest = new("rest", Inbound, hours, 1, Window.Forever, WindowZone.Person);
        Cap once = new(
            "once",
            [new CapLimit(null, 1)],
            new Density(new Counting(Matcher.Any, []), Window.Forever, WindowZone.Utc));

        AssertDenied(rest, wrote, ReasonCode.CoolingDown, Now + Duration.FromHours(2));
        Assert.True(Allows(once, wrote, Now));
    }

    private static ContactTraits NothingKnown { get; } = new("", "", isOfEvent: true);

    private static Person Agreed(Scope scope, Instant from, Instant? until, params ImmutableArray<string> endsOn) =>
        new() { Consents = [new GivenConsent("calls", scope, from, until, endsOn, null)] };

    private static LedgerContact Made(Instant at, string outcome) =>
        new(new ContactNumber(at.ToUnixTimeTicks()), at, Call, 1, ContactState.Made, at, outcome, at);

    private static Policy PolicyOf(Rule rule) => new()
    {
        Name = "one",
        Channels = ["phone"],
        Purposes = ImmutableDictionary.CreateRange([KeyValuePair.Create("marketing", new Purpose("marketing"))]),
        Rules = [rule],
    };

    private static bool Allows(Rule rule, Person person, Instant at) =>
        Decider.Decide(PolicyOf(rule), person, new Attempt(Call, at), at) is Decision.Allowed;

    private static void AssertDenied(Rule rule, Person person, ReasonCode code, Instant? next)
    {
        Decision.Denied denied = Assert.IsType<Decision.Denied>(
            Decider.Decide(PolicyOf(rule), person, new Attempt(Call, Now), Now));
        Assert.Equal((code, next), (Assert.Single(denied.Reasons).Code, denied.NextAllowedAt));
    }
}
