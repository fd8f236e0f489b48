using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class MatcherTests
{
    private static readonly ContactTraits Contact = new("email", "marketing")
    {
        Brand = "north",
        Subjects = ["car", "house"],
        Priority = 40,
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("project", "A"),
    };

    private static readonly Person Italian = new()
    {
        Country = "IT",
        Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold"),
    };

    public static TheoryData<Condition, bool> Conditions() => new()
    {
        { Is(TraitKey.Channel, "email"), true },
        { Is(TraitKey.Channel, "sms", "e*"), true },
        { Is(TraitKey.Channel, "sms"), false },
        { Is(TraitKey.Purpose, "marketing"), true },
        { Is(TraitKey.Brand, "*"), true },
        { Is(TraitKey.Campaign, "*"), false },
        { Is(TraitKey.Topic, "*"), false },
        { Is(TraitKey.Sender, "*"), false },
        { Is(TraitKey.Address, "*"), false },
        { Is(TraitKey.Subject, "house"), true },
        { Is(TraitKey.Subject, "boat"), false },
        { Is(TraitKey.Country, "IT"), true },
        { Is(TraitKey.Country, "FR"), false },
        { Is(TraitKey.Direction, "out"), true },
        { Is(TraitKey.Direction, "in"), false },
        { new Condition.Priority(40, 100), true },
        { new Condition.Priority(0, 40), true },
        { new Condition.Priority(41, 100), false },
        { new Condition.Priority(0, 39), false },
        { new Condition.Label("project", [new Glob("A")]), true },
        { new Condition.Label("project", [new Glob("B")]), false },
        { new Condition.Label("team", [new Glob("*")]), false },
        { new Condition.Attribute("tier", [new Glob("gold")]), true },
        { new Condition.Attribute("tier", [new Glob("silver")]), false },
        { new Condition.Attribute("age", [new Glob("*")]), false },
        { new Condition.Event([new Glob("*")]), false },
        { new Condition.Consent(new ConsentTerms("news")), false },
        { new Condition.Outcome([new Glob("*")]), false },
        { new Condition.Not(new Matcher([Is(TraitKey.Channel, "email"), Is(TraitKey.Brand, "south")])), true },
        { new Condition.Not(new Matcher([Is(TraitKey.Channel, "email"), Is(TraitKey.Brand, "north")])), false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Condition_holds_or_not(Condition condition, bool holds)
    {
        Assert.Equal(holds, new Matcher([condition]).Matches(new Happening(Contact), Italian));
        Condition not = new Condition.Not(new Matcher([condition]));
        Assert.Equal(!holds, new Matcher([not]).Matches(new Happening(Contact), Italian));
    }

    [Fact]
    public void All_conditions_must_hold_and_without_any_everything_matches()
    {
        Assert.True(Matcher.Any.Matches(new Happening(Contact), Person.Unknown));
        Matcher both = new([Is(TraitKey.Channel, "email"), Is(TraitKey.Brand, "n*")]);
        Matcher one = new([Is(TraitKey.Channel, "email"), Is(TraitKey.Brand, "s*")]);
        Assert.True(both.Matches(new Happening(Contact), Italian));
        Assert.False(one.Matches(new Happening(Contact), Italian));
    }

    [Fact]
    public void Outcome_matches_once_it_is_known()
    {
        Matcher refused = new([new Condition.Outcome([new Glob("refused"), new Glob("comp*")])]);

        Assert.True(refused.Matches(new Happening(Contact, "complained"), Italian));
        Assert.False(refused.Matches(new Happening(Contact, "delivered"), Italian));
        Assert.False(refused.Matches(new Happening(Contact), Italian));
    }

    [Fact]
    public void Contact_that_came_in_goes_the_other_way_and_a_missing_name_is_none_of_any()
    {
        ContactTraits came = new("email", "", isOfEvent: true) { Direction = Direction.In };

        Assert.True(new Matcher([Is(TraitKey.Direction, "in")]).Matches(new Happening(came), Italian));
        Assert.False(new Matcher([Is(TraitKey.Direction, "out")]).Matches(new Happening(came), Italian));
        Assert.False(new Matcher([Is(TraitKey.Purpose, "*")]).Matches(new Happening(came), Italian));
    }

    [Fact]
    public void Consent_matches_what_it_covered_when_that_was()
    {
        Instant noon = Instant.FromUtc(2026, 3, 2, 12, 0);
        GivenConsent given = new("news", new Scope("email"), noon, null, [], null);
        Person agreed = Italian with { Consents = [given] };
        Matcher consented = new([new Condition.Consent(new ConsentTerms("news"))]);
        Matcher other = new([new Condition.Consent(new ConsentTerms("offers"))]);

        Assert.True(consented.Matches(new Happening(Contact, At: noon), agreed));
        Assert.False(consented.Matches(new Happening(Contact, At: noon - Duration.Epsilon), agreed));
        Assert.False(consented.Matches(new Happening(Contact.On("sms"), At: noon), agreed));
        Assert.False(consented.Matches(new Happening(Contact), agreed));
        Assert.False(other.Matches(new Happening(Contact, At: noon), agreed));
    }

    /// <remarks>Of the person's attributes nothing is known of what is only counted.</remarks>
    [Fact]
    public void Everything_but_attributes_is_about_the_contact()
    {
        ImmutableArray<Condition> all =
        [
            Is(TraitKey.Brand, "north"), new Condition.Label("project", [new Glob("A")]),
            new Condition.Priority(0, 100), new Condition.Outcome([new Glob("*")]),
            new Condition.Event([new Glob("*")]), new Condition.Consent(new ConsentTerms("news")),
        ];

        Assert.Equal(all, new Matcher(all.Add(new Condition.Attribute("tier", []))).AboutContact().Conditions);
    }

    [Fact]
    public void Country_of_the_contact_comes_before_that_of_the_person()
    {
        ContactTraits abroad = new("email", "marketing") { Country = "FR" };

        Assert.True(new Matcher([Is(TraitKey.Country, "FR")]).Matches(new Happening(abroad), Italian));
        Assert.False(new Matcher([Is(TraitKey.Country, "IT")]).Matches(new Happening(abroad), Italian));
    }

    [Fact]
    public void Direction_outcome_and_event_are_named_by_keys_of_their_own()
    {
        Matcher[] all =
        [
            new([Is(TraitKey.Direction, "in")]), new([new Condition.Outcome([new Glob("*")])]),
            new([new Condition.Event([new Glob("*")])]), new([Is(TraitKey.Channel, "email")]),
        ];

        Assert.Equal([true, false, false, false], all.Select(static one => one.NamesDirection));
        Assert.Equal([false, true, false, false], all.Select(static one => one.NamesOutcome));
        Assert.Equal([false, false, true, false], all.Select(static one => one.NamesEvent));
    }

    [Fact]
    public void Purpose_is_named_outside_of_not_alone()
    {
        Assert.True(new Matcher([Is(TraitKey.Purpose, "ser*")]).NamesPurpose("service"));
        Assert.False(new Matcher([Is(TraitKey.Purpose, "marketing")]).NamesPurpose("service"));
        Assert.False(new Matcher([Is(TraitKey.Channel, "*")]).NamesPurpose("service"));
        Assert.False(new Matcher([new Condition.Not(new Matcher([Is(TraitKey.Purpose, "marketing")]))])
            .NamesPurpose("service"));
    }

    [Fact]
    public void What_is_said_of_the_person_is_left_out_of_what_is_counted()
    {
        Condition ofPerson = new Condition.Attribute("tier", [new Glob("gold")]);
        Condition mixed = new Condition.Not(new Matcher([Is(TraitKey.Channel, "sms"), ofPerson]));
        Condition ofContact = new Condition.Not(new Matcher([Is(TraitKey.Channel, "sms")]));

        Matcher counted = new Matcher([Is(TraitKey.Brand, "north"), ofPerson, mixed, ofContact]).AboutContact();

        Assert.Equal(2, counted.Conditions.Length);
        Assert.IsType<Condition.Trait>(counted.Conditions[0]);
        Assert.Same(ofContact, counted.Conditions[1]);
    }

    [Theory]
    [InlineData(null, "phone", true)]
    [InlineData("email", "phone", false)]
    [InlineData("phone", "phone", true)]
    public void Word_that_names_no_channel_is_about_every_one(string? channel, string asked, bool matches)
    {
        ContactTraits said = new(channel ?? "", "", isOfEvent: true);
        Matcher about = new([new Condition.Event([new Glob("*")]), Is(TraitKey.Channel, asked)]);

        Assert.Equal(matches, about.Matches(Happening.Of(new LedgerEvent(LedgerEvent.OptOut, default, said)), Italian));
        Assert.Equal(
            matches && channel is not null,
            about.Matches(Happening.Of(new LedgerEvent("purchase", default, said)), Italian));
    }

    [Fact]
    public void Word_about_everything_is_about_what_a_not_leaves_and_about_any_purpose_topic_and_brand()
    {
        ContactTraits everything = new("", "", isOfEvent: true);
        Condition said = new Condition.Event([new Glob("opt_*")]);
        Happening optOut = Happening.Of(new LedgerEvent(LedgerEvent.OptOut, default, everything));
        Condition notByMail = new Condition.Not(new Matcher([Is(TraitKey.Channel, "email")]));
        Condition byMailAlone = new Condition.Not(new Matcher([notByMail]));

        Assert.True(new Matcher([said, notByMail]).Matches(optOut, Italian));
        Assert.True(new Matcher([said, byMailAlone]).Matches(optOut, Italian));
        Assert.True(new Matcher([said, Is(TraitKey.Purpose, "x"), Is(TraitKey.Topic, "y"), Is(TraitKey.Brand, "z")])
            .Matches(optOut, Italian));
        Assert.False(new Matcher([said, Is(TraitKey.Campaign, "*")]).Matches(optOut, Italian));
    }

    private static Condition.Trait Is(TraitKey key, params string[] globs) =>
        new(key, [.. globs.Select(static glob => new Glob(glob))]);
}
