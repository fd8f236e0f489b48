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

/// <summary>Every sentence that a call agent may have to read out.</summary>
public sealed class TellingTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly Telling InUtc = new(DateTimeZone.Utc);
    private static readonly Matcher IsPhone = new([new Condition.Trait(TraitKey.Channel, [new Glob("phone")])]);
    private static readonly Blackout Closed = new("closed", new Interval(Noon, Noon + Hours(2)));

    public static TheoryData<Change, string> Changes() => new()
    {
        {
            new Change.Wait(Noon + Hours(1)),
            "From Mon 2 Mar 2026, 13:00 on it would be allowed, if nothing else happens until then."
        },
        { new Change.OtherChannel("sms"), "By sms it would be allowed now." },
        {
            new Change.OtherPurpose("service"),
            "Only if it really is for service, which the policy exempts, would it be allowed."
        },
        { new Change.LessWeight(5), "With a weight of 5 it would be allowed." },
        {
            new Change.Override(),
            "With a reason to override the warning it would be allowed; the reason is journalled."
        },
        { new Change.HigherCap("daily", 3), "If daily allowed 3, it would be allowed." },
        {
            new Change.OptIn(Scope.Everything),
            "Only if the person opted in again, of their own accord, would it be allowed."
        },
        {
            new Change.Agreement("news"),
            "Only if the person gave the consent news, of their own accord, would it be allowed."
        },
        { new Change.LiftedHold("complaint"), "If the business lifted the hold complaint, it would be allowed." },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Change_is_told_as_what_would_allow_it(Change change, string told) =>
        Assert.Equal(told, InUtc.Tell(change));

    [Fact]
    public void No_refusal_is_without_a_reason() => Assert.Throws<ArgumentOutOfRangeException>(
        static () => new Decision.Denied([], [], [], null, []));

    [Fact]
    public void Rule_without_a_say_tells_why()
    {
        Person agreed = new() { Consents = [new GivenConsent("news", Scope.Everything, Noon, null, [], null)] };

        Assert.Equal("It is not about such contacts.", Told(Closed with { When = IsPhone }));
        Assert.Equal("It makes an exception for such contacts.", Told(Closed with { Unless = Matcher.Any }));
        Assert.Equal("It holds from Mon 2 Mar 2026, 13:00 on.", Told(Closed with { From = Noon + Hours(1) }));
        Assert.Equal("It held until Mon 2 Mar 2026, 11:00.", Told(Closed with { Until = Noon - Hours(1) }));
        Assert.Equal(
            "The consent news lifts it.",
            InUtc.Tell(Explain(agreed, Closed with { UnlessConsent = new ConsentTerms("news") }).Rules[^1]));
        Explanation service = Decider.Explain(
            Of(Closed), Person.Unknown, new Attempt(Email.For("service"), Noon), Noon);
        Assert.Equal("Contacts for this purpose are exempt from it.", InUtc.Tell(service.Rules[^1]));
    }

    [Fact]
    public void Rule_that_is_met_tells_how()
    {
        Gap gap = new("gap", Over(new Window.Rolling(Hours(4), "4h")));
        Cap phones = new("phones", [new CapLimit(IsPhone, 3)], Over(new Window.Calendar(CalendarUnit.Day)));
        Cap daily = new("daily", [new CapLimit(null, 3)], Over(new Window.Calendar(CalendarUnit.Day)));

        Assert.Equal("Nothing is closer than 4h.", Told(gap));
        Assert.Equal("0 of 3 in calendar day: there is room.", Told(daily));
        Assert.Equal("0 in calendar day: there is no limit.", Told(phones));
        Assert.Equal("It is met.", Told(new OnHold("hold", "complaint")));
        Assert.Equal("The business put contact on hold: complaint.", InUtc.Tell(
            Explain(new Person { Holds = ["complaint"] }, new OnHold("hold", "complaint")).Rules[^1]));
    }

    [Fact]
    public void Refusal_that_waiting_does_not_end_says_so_and_names_the_channels_that_are_open()
    {
        Person held = new() { Holds = ["complaint"] };
        Rule byMail = new OnHold("hold", "complaint")
        {
            When = new([new Condition.Trait(TraitKey.Channel, [new Glob("email")])]),
        };

        Assert.Equal(
            [
                "No: this person must not be contacted by email for marketing on Mon 2 Mar 2026, 12:00 (UTC).",
                "hold: The business put contact on hold: complaint. Waiting does not help.",
                "Waiting does not help.",
                "Now it would be allowed by phone, sms or letter.",
            ],
            InUtc.Tell(Explain(held, byMail)));
        Rule butPhone = new OnHold("hold", "complaint") { Unless = IsPhone };
        Assert.Equal("Now it would be allowed by phone.", InUtc.Tell(Explain(held, butPhone))[^1]);
    }

    [Fact]
    public void Warnings_and_what_only_watches_are_told_apart_from_what_is_in_the_way()
    {
        Attempt passing = new(Email, Noon, overrideReason: "they asked");
        Blackout warns = Closed with { Effect = Effect.Warn };
        Blackout watches = Closed with { Effect = Effect.Observe };

        ImmutableArray<string> passed =
            InUtc.Tell(Decider.Explain(Of(warns, watches), Person.Unknown, passing, Noon));
        ImmutableArray<string> denied = InUtc.Tell(Explain(
            new Person { Holds = ["complaint"] }, watches, new OnHold("hold", "complaint")));

        Assert.Equal(3, passed.Length);
        Assert.StartsWith("But a warning, closed: ", passed[1], StringComparison.Ordinal);
        Assert.StartsWith("Were it in force, closed would say no: ", passed[2], StringComparison.Ordinal);
        Assert.DoesNotContain(denied, static line => line.StartsWith("closed:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, "Those are: Mon 2 Mar 2026, 09:00 by email for marketing; Mon 2 Mar 2026, 10:00 by email for "
        + "marketing; Mon 2 Mar 2026, 11:00 by email for marketing.")]
    [InlineData(5, "Those are: Mon 2 Mar 2026, 09:00 by email for marketing; Mon 2 Mar 2026, 10:00 by email for "
        + "marketing; Mon 2 Mar 2026, 11:00 by email for marketing, and 2 before.")]
    public void Only_the_latest_contacts_are_named(int count, string told)
    {
        Cap full = new("full", [new CapLimit(null, count)], Over(new Window.Calendar(CalendarUnit.Day)));
        Person person = new()
        {
            Ledger = Ledger.Of(Enumerable.Range(1, count).Select(static i =>
            {
                Instant at = Noon - Hours(i);
                return new LedgerContact(new ContactNumber(i), at, Email, 1, ContactState.Made, at, null, at);
            })),
        };

        Assert.Contains(told, InUtc.Tell(Explain(person, full))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_yes_that_lasts_as_long_as_one_looks_names_no_end() => Assert.Equal(
        ["Yes: this person may be contacted by email for marketing on Mon 2 Mar 2026, 12:00 (UTC)."],
        InUtc.Tell(Explain(Person.Unknown)));

    private static string Told(Rule rule) => InUtc.Tell(Explain(Person.Unknown, rule).Rules[^1]);

    private static Density Over(Window window) => new(new Counting(Matcher.Any, []), window, WindowZone.Utc);

    private static Duration Hours(int count) => Duration.FromHours(count);

    private static Explanation Explain(Person person, params ImmutableArray<Rule> rules) =>
        Decider.Explain(Of(rules), person, new Attempt(Email, Noon), Noon);

    private static Policy Of(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "phone", "sms", "letter"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty
            .Add("marketing", new Purpose("marketing"))
            .Add("service", new Purpose("service", IsCapped: false)),
        Rules = rules,
    };
}
