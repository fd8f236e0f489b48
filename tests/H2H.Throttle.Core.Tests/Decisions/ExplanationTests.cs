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

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>One e-mail after two, under a rule of each standing.</summary>
public sealed class ExplanationTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly Instant Noon = Monday + Duration.FromHours(3);
    private static readonly ContactTraits Email = new("email", "marketing") { Brand = "acme" };
    private static readonly Telling InRome = new(DateTimeZoneProviders.Tzdb["Europe/Rome"]);

    private static readonly Cap TwoADay = Two("two-a-day") with { Source = "§ 7." };

    private static readonly Cap TenAWeek = new(
        "ten-a-week", [new CapLimit(null, 10)], Any(new Window.Rolling(Duration.FromDays(7), "7d")));

    private static readonly Person Ada = new()
    {
        Ledger = Ledger.Of(
        [
            new LedgerContact(
                new ContactNumber(1), Monday, Email, 1, ContactState.Made, Monday, null, Monday),
            new LedgerContact(
                new ContactNumber(2), Monday + Duration.FromHours(2), Email.On("sms"), 1, ContactState.Reserved,
                Monday + Duration.FromHours(6), null, Monday),
        ]),
    };

    [Fact]
    public void Every_rule_is_told_with_its_standing_in_order()
    {
        Explanation explanation = Explain(
            Ada,
            TwoADay,
            TenAWeek,
            Two("other") with { When = Channel("phone") },
            Two("excepted") with { Unless = Channel("email") },
            Two("later") with { From = Noon + Duration.FromHours(1) },
            Two("past") with { Until = Noon });

        Assert.Equal(
            [
                ("opt-out", RuleStanding.Governs, true), ("snooze", RuleStanding.Governs, true),
                ("two-a-day", RuleStanding.Governs, false), ("ten-a-week", RuleStanding.Governs, false),
                ("other", RuleStanding.NotMatched, false), ("excepted", RuleStanding.Excepted, false),
                ("later", RuleStanding.NotYet, false), ("past", RuleStanding.Over, false),
            ],
            explanation.Rules.Select(static rule => (rule.Rule.Name, rule.Standing, rule.IsAlwaysInForce)));
        Assert.Equal(
            ["two-a-day"],
            explanation.Rules.Where(static rule => rule.Obstacle is not null).Select(static rule => rule.Rule.Name));
    }

    [Fact]
    public void A_rule_that_lets_pass_tells_its_numbers_too()
    {
        Evidence met = Explain(Ada, TenAWeek).Rules[^1].Evidence;

        Assert.Equal((2, 10, "rolling 7d"), (met.Used, met.Limit, met.Window));
        Assert.Equal([1, 2], met.Counted.Select(static contact => contact.Number.Value));
        Assert.Equal((Noon - Duration.FromDays(7), Noon), (met.Start, met.End));
    }

    [Fact]
    public void A_calendar_window_is_told_from_its_first_instant_to_the_next_windows_first()
    {
        Evidence day = Explain(Ada, TwoADay).Rules[^1].Evidence;

        Assert.Equal((Instant.FromUtc(2026, 3, 2, 0, 0), Instant.FromUtc(2026, 3, 3, 0, 0)), (day.Start, day.End));
    }

    [Fact]
    public void Purposes_that_are_exempt_and_consents_that_lift_are_told_as_such()
    {
        Person agreed = Ada with { Consents = [new GivenConsent("news", Scope.Everything, Monday, null, [], null)] };

        Explanation lifted = Explain(agreed, TwoADay with { UnlessConsent = new ConsentTerms("news") });
        Explanation service = Decider.Explain(
            Of(TwoADay), Ada, new Attempt(Email.For("service"), Noon), Noon);

        Assert.Equal(RuleStanding.LiftedByConsent, lifted.Rules[^1].Standing);
        Assert.Equal(RuleStanding.PurposeExempt, service.Rules[^1].Standing);
        Assert.All([lifted, service], static one => Assert.IsType<Decision.Allowed>(one.Decision));
    }

    [Fact]
    public void What_would_allow_it_is_told_with_the_easiest_first()
    {
        ImmutableArray<Change> changes = Explain(Ada, TwoADay).Changes;

        Assert.Equal(
            [
                new Change.Wait(Instant.FromUtc(2026, 3, 3, 0, 0)),
                new Change.OtherPurpose("service"),
                new Change.Release(Ada.Ledger.Contacts[1]),
                new Change.HigherCap("two-a-day", 3),
            ],
            changes);
    }

    [Fact]
    public void What_only_the_person_or_the_business_can_change_is_told_as_such()
    {
        Person no = new() { Statements = Statements.Of([new Statement(true, Scope.Everything, Monday, null)]) };
        Person held = new() { Holds = ["complaint"] };

        Assert.Equal(
            [new Change.OtherPurpose("service"), new Change.OptIn(new Scope("email", "marketing", Brand: "acme"))],
            Explain(no).Changes);
        Assert.Equal(
            [new Change.OtherPurpose("service"), new Change.Agreement("news")],
            Explain(Person.Unknown, new ConsentNeeded("consent", new ConsentTerms("news"))).Changes);
        Assert.Equal(
            [new Change.OtherPurpose("service"), new Change.LiftedHold("complaint")],
            Explain(held, new OnHold("hold", "complaint")).Changes);
        Assert.Contains(new Change.Override(), Explain(Ada, TwoADay with { Effect = Effect.Warn }).Changes);
    }

    [Fact]
    public void A_weight_is_lightened_no_more_than_needed()
    {
        Density weighed = new(new Counting(Matcher.Any, [], isWeighted: true), Window.Forever, WindowZone.Utc);
        Cap seven = new("seven", [new CapLimit(null, 7)], weighed);

        Explanation heavy = Decider.Explain(Of(seven), Ada, new Attempt(Email, Noon, weight: 9), Noon);

        Assert.Contains(new Change.LessWeight(5), heavy.Changes);
        Assert.Contains(new Change.HigherCap("seven", 11), heavy.Changes);
    }

    [Fact]
    public void Nothing_is_claimed_where_no_single_change_would_do()
    {
        Person no = Ada with { Statements = Statements.Of([new Statement(true, Scope.Everything, Monday, null)]) };
        Policy strict = Of(TwoADay) with
        {
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        };

        Assert.Empty(Decider.Explain(strict, no, new Attempt(Email, Noon), Noon).Changes);
    }

    [Fact]
    public void It_can_be_read_out()
    {
        Explanation explanation = Explain(Ada, TwoADay, TenAWeek);

        Assert.Equal(
            [
                "No: this person must not be contacted by email for marketing on behalf of acme on Mon 2 Mar 2026, "
                + "13:00 (Europe/Rome).",
                "two-a-day: 2 contacts count; at most 2 are allowed in calendar day. Those are: Mon 2 Mar 2026, 10:00 "
                + "by email for marketing on behalf of acme; Mon 2 Mar 2026, 12:00 by sms for marketing on behalf of "
                + "acme. It is no longer in the way from Tue 3 Mar 2026, 01:00 on. Its source: § 7.",
                "All rules together allow it from Tue 3 Mar 2026, 01:00 on, if nothing else happens until then.",
            ],
            InRome.Tell(explanation));
        Assert.Equal(
            "If the reservation for Mon 2 Mar 2026, 12:00 by sms for marketing on behalf of acme were released, it "
            + "would be allowed.",
            InRome.Tell(explanation.Changes[2]));
        Assert.Equal("2 of 10 in rolling 7d: there is room.", InRome.Tell(explanation.Rules[^1]));
    }

    /// <summary>A silence that began with an outcome may have begun long after the call.</summary>
    [Fact]
    public void What_became_of_a_contact_is_read_out_where_it_was_known_later()
    {
        Person told = Ada with
        {
            Ledger = Ledger.Of(
            [
                .. Ada.Ledger.Contacts.Select(static (one, i) => i == 0
                    ? one with { Outcome = "refused", OutcomeAt = Monday + Duration.FromMinutes(90) }
                    : one with { Outcome = "delivered", OutcomeAt = one.At }),
            ]),
        };

        Assert.Contains(
            "Those are: Mon 2 Mar 2026, 10:00 by email for marketing on behalf of acme (refused as of Mon 2 Mar 2026, "
            + "11:30); Mon 2 Mar 2026, 12:00 by sms for marketing on behalf of acme. It",
            InRome.Tell(Explain(told, TwoADay))[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_yes_says_until_when_it_holds()
    {
        WeekSchedule mornings = WeekSchedule.Of(static _ => [new DayInterval(0, 13 * 60)]);
        Hours hours = new("mornings", mornings, isQuiet: false, WindowZone.Utc);

        Assert.Equal(
            ["Yes: this person may be contacted by email for marketing on behalf of acme on Mon 2 Mar 2026, 13:00 "
                + "(Europe/Rome). It stays so until Mon 2 Mar 2026, 14:00, if nothing else happens until then."],
            InRome.Tell(Explain(Ada, hours)));
    }

    [Fact]
    public void The_contacts_of_every_window_are_told_and_no_more_than_can_be_looked_at()
    {
        LedgerContact[] many =
        [
            .. Enumerable.Range(1, Explanation.ContactsMax + 1).Select(static i =>
            {
                Instant at = Noon - Duration.FromMinutes(i);
                return new LedgerContact(new ContactNumber(i), at, Email, 1, ContactState.Made, at, null, at);
            }),
        ];

        Explanation explanation = Explain(new Person { Ledger = Ledger.Of(many) }, TenAWeek);

        Assert.Equal(Explanation.ContactsMax, explanation.Contacts.Length);
        Assert.True(explanation.HasMoreContacts);
        Assert.Equal(1, explanation.Contacts[^1].Number.Value);
        Assert.Equal(Reason.CountedMax, explanation.Rules[^1].Evidence.Counted.Length);
        Assert.False(Explain(Ada, TenAWeek).HasMoreContacts);
    }

    private static Explanation Explain(Person person, params ImmutableArray<Rule> rules) =>
        Decider.Explain(Of(rules), person, new Attempt(Email, Noon), Noon);

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "phone"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty
            .Add("marketing", new Purpose("marketing"))
            .Add("service", new Purpose("service", IsCapped: false, IsCounted: false, ObeysOptOut: false)),
        Rules = rules,
    };

    private static Cap Two(string name) =>
        new(name, [new CapLimit(null, 2)], Any(new Window.Calendar(CalendarUnit.Day)));

    private static Density Any(Window window) => new(new Counting(Matcher.Any, []), window, WindowZone.Utc);

    private static Matcher Channel(string name) =>
        new([new Condition.Trait(TraitKey.Channel, [new Glob(name)])]);
}
