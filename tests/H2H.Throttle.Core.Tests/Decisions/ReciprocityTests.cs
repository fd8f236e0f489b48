using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>Whether it matters to a rule which of two contacts is reserved first.</summary>
public sealed class ReciprocityTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Matcher IsPhone = On("phone");
    private static readonly Density Daily =
        new(new Counting(Matcher.Any, []), new Window.Rolling(Duration.FromDays(1)), WindowZone.Utc);

    private static readonly Cap Mutual = new("cap", [new CapLimit(null, 2)], Daily);
    private static readonly Cap OneSided = Mutual with { When = IsPhone };

    private static readonly Needs Needed = new(
        "needs", new Counting(Matcher.Any, []), new Window.Rolling(Duration.FromDays(1)), WindowZone.Utc)
    {
        When = IsPhone,
    };

    private static readonly ImmutableArray<Attempt> Both = [Asking("email"), Asking("phone")];

    [Fact]
    public void A_rule_that_counts_what_it_limits_is_the_same_both_ways()
    {
        Assert.True(Of(Mutual).Holds);
        Assert.True(Of(new Gap("gap", Daily), Mutual).Holds);
        Assert.True(Of().Holds);
        Assert.False(Of(OneSided).Holds);
        Assert.False(Of(Mutual, OneSided).Holds);
    }

    [Fact]
    public void A_rule_that_limits_or_counts_none_of_them_does_not_matter()
    {
        Density letters = new(
            new Counting(On("letter"), []), new Window.Rolling(Duration.FromDays(1)), WindowZone.Utc);

        Assert.True(Of(Mutual with { When = On("letter") }).Holds);
        Assert.True(Of(new Cap("cap", [new CapLimit(null, 2)], letters) { When = IsPhone }).Holds);
    }

    [Fact]
    public void A_rule_that_holds_for_a_time_or_that_a_consent_lifts_may_limit_one_alone()
    {
        Assert.False(Of(Mutual with { From = Noon }).Holds);
        Assert.False(Of(Mutual with { Until = Noon + Duration.FromDays(9) }).Holds);
        Assert.False(Of(Mutual with { UnlessConsent = new ConsentTerms("news") }).Holds);
    }

    [Fact]
    public void A_cap_of_two_numbers_is_not_the_same_both_ways() =>
        Assert.False(Of(new Cap("cap", [new CapLimit(IsPhone, 1), new CapLimit(null, 2)], Daily)).Holds);

    [Fact]
    public void What_only_watches_or_is_overridden_limits_nothing()
    {
        ImmutableArray<Attempt> overridden = [Asking("email", "asked"), Asking("phone", "asked")];

        Assert.True(Of(OneSided with { Effect = Effect.Observe }).Holds);
        Assert.False(Of(OneSided with { Effect = Effect.Warn }).Holds);
        Assert.True(Of(overridden, OneSided with { Effect = Effect.Warn }).Holds);
        Assert.True(Of(overridden, OneSided with { Effect = Effect.Observe }).Holds);
        Assert.False(Of(overridden, OneSided).Holds);
    }

    [Fact]
    public void What_is_reserved_counts_where_the_policy_releases_it_later_too() => Assert.False(
        new Reciprocity(
            PolicyOf(OneSided) with { ReleasesUnconfirmedOn = ["email", "phone"] }, Person.Unknown, Both, Noon).Holds);

    [Fact]
    public void Limits_of_the_person_are_looked_at_too()
    {
        PersonLimit limit = new(new Scope("phone"), 1, new Window.Rolling(Duration.FromDays(1)));
        Person person = new() { Limits = [limit] };

        Assert.True(new Reciprocity(PolicyOf(), person, Both, Noon).Holds);
        Assert.False(new Reciprocity(PolicyOf(OneSided), person, Both, Noon).Holds);
    }

    [Fact]
    public void Only_what_must_come_before_can_help_what_comes_after_it()
    {
        Assert.True(Of(Needed).MayHelp);
        Assert.False(Of(Needed).Holds);
        Assert.False(Of(OneSided).MayHelp);
        Assert.True(Of(OneSided, Needed).MayHelp);
        Assert.False(Of(Mutual).MayHelp);
    }

    private static Reciprocity Of(params ImmutableArray<Rule> rules) => Of(Both, rules);

    private static Reciprocity Of(ImmutableArray<Attempt> attempts, params ImmutableArray<Rule> rules) =>
        new(PolicyOf(rules), Person.Unknown, attempts, Noon);

    private static Attempt Asking(string channel, string? overrideReason = null) =>
        new(new ContactTraits(channel, "marketing"), Noon, overrideReason: overrideReason);

    private static Matcher On(string channel) =>
        new([new Condition.Trait(TraitKey.Channel, [new Glob(channel)])]);

    private static Policy PolicyOf(params ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "phone", "letter"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };
}
