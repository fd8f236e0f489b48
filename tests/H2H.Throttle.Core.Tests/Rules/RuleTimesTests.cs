using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

/// <summary>The edges of the time for which a rule holds, and which purposes would be let through.</summary>
public sealed class RuleTimesTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public void A_rule_holds_from_its_first_instant_on_and_not_at_its_last()
    {
        Blackout closed = new("closed", new Interval(Noon - Hour, Noon + Hour));

        Assert.Equal(RuleStanding.Governs, Finding(closed with { From = Noon }).Standing);
        Assert.Equal(RuleStanding.NotYet, Finding(closed with { From = Noon + Duration.Epsilon }).Standing);
        Assert.Equal(RuleStanding.Over, Finding(closed with { Until = Noon }).Standing);
    }

    [Fact]
    public void A_contact_comes_under_the_rules_that_hold_then_and_are_about_it_met_or_not()
    {
        Blackout closed = new("closed", new Interval(Noon - Hour, Noon + Hour));
        Matcher sms = new([new Condition.Trait(TraitKey.Channel, [new Glob("sms")])]);
        Policy policy = Explained(
            closed, closed with { When = sms }, closed with { Until = Noon }, closed with { From = Noon },
            new Blackout("later", new Interval(Noon + Hour, Noon + Hour + Hour)));
        Attempt attempt = new(new ContactTraits("email", "marketing"), Noon);

        Assert.Equal(
            [policy.Rules[0], policy.Rules[3], policy.Rules[4]],
            Decider.Governing(policy, Person.Unknown, attempt, Noon));
    }

    [Fact]
    public void What_begins_when_a_rule_ends_is_denied_by_it_no_more()
    {
        Blackout later = new("closed", new Interval(Noon + Hour, Noon + Hour + Hour));

        Assert.Equal(Noon + Hour, Finding(later).DeniesFrom);
        Assert.Equal(Noon + Hour, Finding(later with { Until = Noon + Hour + Duration.Epsilon }).DeniesFrom);
        Assert.Null(Finding(later with { Until = Noon + Hour }).DeniesFrom);
        Assert.Equal(
            Noon + Hour + Duration.Epsilon,
            Finding(later with { From = Noon + Hour + Duration.Epsilon }).DeniesFrom);
    }

    [Fact]
    public void Only_purposes_that_are_exempt_from_something_are_named_in_order_of_their_names()
    {
        Blackout marketing = new("closed", new Interval(Noon - Hour, Noon + Hour))
        {
            When = new Matcher([new Condition.Trait(TraitKey.Purpose, [new Glob("marketing")])]),
        };

        Explanation explanation = Explain(marketing);

        Assert.Equal(
            ["alerts", "care", "receipts"],
            explanation.Changes.OfType<Change.OtherPurpose>().Select(static change => change.Purpose));
    }

    [Fact]
    public void A_cap_beside_another_rule_in_the_way_is_no_change_that_would_do()
    {
        Rule[] rules =
        [
            new Blackout("closed", new Interval(Noon - Hour, Noon + Hour)),
            new Blackout("shut", new Interval(Noon, Noon + Hour)),
            new OnHold("hold", "complaint"),
        ];

        Explanation explanation = Explain([.. rules]);

        Assert.DoesNotContain(explanation.Changes, static change => change is Change.LiftedHold);
        Assert.Single(Explain(rules[2]).Changes.OfType<Change.LiftedHold>());
    }

    private static RuleFinding Finding(Rule rule) => Explain(rule).Rules.Single(one => one.Rule == rule);

    private static Explanation Explain(params ImmutableArray<Rule> rules) => Decider.Explain(
        Explained(rules),
        new Person { Holds = ["complaint"] },
        new Attempt(new ContactTraits("email", "marketing"), Noon),
        Noon);

    private static Policy Explained(params ImmutableArray<Rule> rules)
    {
        Purpose[] purposes =
        [
            new("receipts", IsCapped: false), new("alerts", ObeysOptOut: false), new("care", ObeysHours: false),
            new("marketing"), new("research"),
        ];
        return new Policy
        {
            Name = "times",
            Channels = ["email"],
            Purposes = purposes.ToImmutableDictionary(static purpose => purpose.Name),
            Rules = rules,
        };
    }
}
