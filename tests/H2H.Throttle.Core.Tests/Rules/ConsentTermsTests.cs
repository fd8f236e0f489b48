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

/// <summary>When consents that a rule honours begin and end, of several that a person gave.</summary>
public sealed class ConsentTermsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 13, 12, 0);
    private static readonly DateTimeZone Rome = DateTimeZoneProviders.Tzdb["Europe/Rome"];
    private static readonly DateTimeZone Tokyo = DateTimeZoneProviders.Tzdb["Asia/Tokyo"];
    private static readonly ContactTraits Call = new("phone", "marketing");
    private static readonly ConsentTerms Terms = new("calls");

    [Fact]
    public void The_next_to_begin_is_the_first_of_those_that_are_meant_and_cover_the_contact()
    {
        Person person = Gave(
            Given("mails", Hours(1)), Given("calls", Hours(2)) with { Scope = new Scope("email") },
            Given("calls", Hours(5)), Given("calls", Hours(3)), Given("calls", Hours(4)),
            Given("calls", Hours(-9)) with { Until = Now });

        Assert.Equal(Now + Hours(3), Terms.MetFrom(person, Call, Now));
        Assert.Equal(Now + Hours(2), Terms.MetFrom(person, new ContactTraits("email", "marketing"), Now));
        Assert.Null(Terms.MetFrom(Gave(Given("mails", Hours(1))), Call, Now));
        Assert.Null(new ConsentTerms("letters").MetFrom(person, Call, Now));
    }

    [Fact]
    public void One_that_is_over_before_it_begins_never_does()
    {
        Person person = Gave(Given("calls", Hours(2)) with { Until = Now + Hours(1) });

        Assert.Null(Terms.MetFrom(person, Call, Now));
        Assert.Null(Terms.MetFrom(Gave(Given("calls", Hours(2)) with { Until = Now + Hours(2) }), Call, Now));
        Assert.Equal(
            Now + Hours(2),
            Terms.MetFrom(Gave(Given("calls", Hours(2)) with { Until = Now + Hours(3) }), Call, Now));
    }

    [Fact]
    public void One_after_another_is_in_force_without_a_seam_until_the_last_ends()
    {
        Person person = Gave(
            Given("calls", Hours(2)) with { Until = Now + Hours(5) },
            Given("calls", Hours(-1)) with { Until = Now + Hours(2) },
            Given("mails", Hours(-1)));

        Assert.Equal(Now + Hours(5), Terms.MissedFrom(person, Call, Now));
        Assert.Null(Terms.MissedFrom(Gave(Given("calls", Hours(-1))), Call, Now));
        Assert.Equal(Now, Terms.MissedFrom(Person.Unknown, Call, Now));
    }

    [Fact]
    public void It_ends_by_the_first_of_what_the_consent_and_the_rule_say()
    {
        ConsentTerms day = Terms with { Lasts = new Silence.Rolling(new Window.Rolling(Hours(24))) };
        Person early = Gave(Given("calls", Hours(0)) with { Until = Now + Hours(3) });
        Person late = Gave(Given("calls", Hours(0)) with { Until = Now + Hours(30) });

        Assert.Equal(Now + Hours(3), day.MissedFrom(early, Call, Now));
        Assert.Equal(Now + Hours(24), day.MissedFrom(late, Call, Now));
        Assert.Equal(Now + Hours(24), day.MissedFrom(Gave(Given("calls", Hours(0))), Call, Now));
        Assert.True(day.IsMet(late, Call, Now + Hours(24) - Duration.Epsilon));
        Assert.False(day.IsMet(late, Call, Now + Hours(24)));
    }

    [Fact]
    public void Days_are_over_as_soon_as_they_are_in_one_of_the_zones_that_it_may_be()
    {
        ConsentTerms days = Terms with { Lasts = new Silence.Days(1, IncludesFirst: false) };
        Instant inTokyo = new LocalDateTime(2026, 5, 15, 0, 0).InZoneStrictly(Tokyo).ToInstant();
        Instant inRome = new LocalDateTime(2026, 5, 15, 0, 0).InZoneStrictly(Rome).ToInstant();
        Person anywhere = Gave(Given("calls", Hours(0)));

        Assert.Equal(inTokyo, days.MissedFrom(anywhere with { Zones = [Rome, Tokyo] }, Call, Now));
        Assert.Equal(inTokyo, days.MissedFrom(anywhere with { Zones = [Tokyo, Rome] }, Call, Now));
        Assert.Equal(inRome, days.MissedFrom(anywhere with { Zone = Rome, Zones = [Tokyo] }, Call, Now));
        Assert.Equal(inRome, days.MissedFrom(anywhere with { Country = "IT" }, Call, Now));
        Assert.True(days.MissedFrom(anywhere, Call, Now) < inTokyo);
        Assert.False(days.IsMet(anywhere with { Zones = [Rome, Tokyo] }, Call, inTokyo));
    }

    [Fact]
    public void What_happens_ends_it_by_the_rules_words_as_by_its_own()
    {
        LedgerContact refused = new(
            new ContactNumber(1), Now + Hours(1), Call, 1, ContactState.Made, Now + Hours(1), "refused",
            Now + Hours(2));
        Person person = Gave(Given("calls", Hours(0))) with
        {
            Ledger = Ledger.Of([refused], [new LedgerEvent("moved", Now + Hours(4), Call)]),
        };

        Assert.Null(Terms.MissedFrom(person, Call, Now));
        Assert.Equal(Now + Hours(2), (Terms with { EndsOn = ["refused"] }).MissedFrom(person, Call, Now));
        Assert.Equal(Now + Hours(4), (Terms with { EndsOn = ["moved"] }).MissedFrom(person, Call, Now));
        Assert.Equal(Now + Hours(2), (Terms with { EndsOn = ["moved", "refused"] }).MissedFrom(person, Call, Now));
        Assert.NotEqual(Terms, Terms with { EndsOn = ["moved"] });
        Assert.Equal(Terms with { EndsOn = ["moved"] }, Terms with { EndsOn = ["moved"] });
        Assert.False(Terms.Equals(null));
    }

    [Fact]
    public void That_one_is_missing_is_said_by_its_name()
    {
        Policy policy = new()
        {
            Name = "p",
            Channels = ["phone"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = [new ConsentNeeded("consent", Terms)],
        };

        Decision.Denied denied = Assert.IsType<Decision.Denied>(
            Decider.Decide(policy, Person.Unknown, new Attempt(Call, Now), Now));

        Assert.Equal(
            "No consent called calls that covers this is in force.", Assert.Single(denied.Reasons).Message);
    }

    private static GivenConsent Given(string name, Duration from) =>
        new(name, Scope.Everything, Now + from, null, [], null);

    private static Person Gave(params ImmutableArray<GivenConsent> consents) => new() { Consents = consents };

    private static Duration Hours(int count) => Duration.FromHours(count);
}
