using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Reviews;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Policies.Reviews;

/// <summary>A warning says what holds for every contact: random ones must not prove it wrong.</summary>
public sealed partial class WarningPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1500);

    [Fact]
    public void What_a_rule_that_is_beaten_denies_is_denied_by_the_other()
    {
        int beaten = 0;
        Prop.ForAll(OddStories.Any, story =>
        {
            foreach ((Rule rule, Rule winner) in BeatenIn(story))
            {
                beaten++;
                foreach ((Person person, Attempt attempt) in story.Attempts())
                {
                    if (Denies(rule, story.Policy, person, attempt))
                    {
                        Assert.True(
                            Denies(winner, story.Policy, person, attempt),
                            $"{rule.Name} denies, {winner.Name} does not:\n{story}");
                    }
                }
            }
        }).Check(Many);

        Assert.True(beaten > 150, $"Only {beaten} rules were beaten.");
    }

    [Fact]
    public void What_can_never_govern_never_denies_and_what_lifts_nothing_can_go()
    {
        int found = 0;
        Prop.ForAll(OddStories.Any, story =>
        {
            foreach (PolicyWarning warning in story.Warnings)
            {
                Rule? rule = story.Policy.Rules.FirstOrDefault(one => one.Name == warning.Rule);
                Rule? without = warning.Message switch
                {
                    ['N', 'o', ' ', 'c', 'o', 'n', 't', 'a', 'c', 't', ..] => null,
                    ['`', 'u', 'n', 'l', 'e', 's', 's', ..] => rule! with { Unless = null },
                    _ => rule,
                };
                if (rule is null || ReferenceEquals(rule, without))
                {
                    continue;
                }

                found++;
                foreach ((Person person, Attempt attempt) in story.Attempts())
                {
                    bool expected = without is not null && Denies(without, story.Policy, person, attempt);
                    Assert.True(expected == Denies(rule, story.Policy, person, attempt), $"{warning}\n{story}");
                }
            }
        }).Check(Many);

        Assert.True(found > 25, $"Only {found} such warnings.");
    }

    [Fact]
    public void What_no_rule_limits_is_always_allowed()
    {
        int found = 0;
        Prop.ForAll(OddStories.Any, story =>
        {
            ImmutableArray<string> loose = [.. story.Warnings.Select(static warning => Loose().Match(warning.Message))
                .Where(static match => match.Success).Select(static match => match.Groups["name"].Value)];
            foreach ((Person person, Attempt attempt) in story.Attempts().Where(one =>
                loose.Contains(one.Attempt.Traits.Channel) || loose.Contains(one.Attempt.Traits.Purpose)))
            {
                found++;
                Assert.True(
                    Decider.Decide(story.Policy, person, attempt, attempt.At) is Decision.Allowed, story.ToString());
            }
        }).Check(Many);

        Assert.True(found > 20, $"Only {found} contacts were limited by no rule.");
    }

    [Fact]
    public void Caps_that_are_never_reached_deny_nothing_to_a_sender_who_asks()
    {
        int found = 0;
        Prop.ForAll(OddStories.Spaced, story =>
        {
            foreach (PolicyWarning warning in story.Warnings.Where(static one =>
                one.Message.StartsWith("Never reached", StringComparison.Ordinal)))
            {
                found++;
                Rule cap = story.Policy.Rules.Single(rule => rule.Name == warning.Rule);
                foreach ((Person person, Attempt attempt) in story.Taken())
                {
                    Assert.False(
                        Denies(cap, story.Policy, person, attempt)
                            && story.Policy.Rules.All(rule =>
                                rule == cap || !Denies(rule, story.Policy, person, attempt)),
                        $"{warning} at {attempt.At}\n{story}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

        Assert.True(found > 30, $"Only {found} caps were never reached.");
    }

    [Fact]
    public void Clocks_are_put_back_at_night_and_by_no_more_than_is_reckoned_with()
    {
        foreach (DateTimeZone zone in H2H.Throttle.Core.Time.CandidateZones.All(Instant.FromUtc(2026, 1, 1, 0, 0)))
        {
            foreach (NodaTime.TimeZones.ZoneInterval stretch in zone.GetZoneIntervals(
                Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2045, 1, 1, 0, 0)).Skip(1))
            {
                Offset before = zone.GetUtcOffset(stretch.Start - Duration.Epsilon);
                Duration back = Duration.FromSeconds(before.Seconds - stretch.WallOffset.Seconds);
                int hour = stretch.Start.WithOffset(before).Hour;

                Assert.True(back <= Spacing.ClockShiftMax, $"{zone.Id} {stretch}");
                Assert.True(
                    hour < Spacing.SteadyFromHour || hour >= Spacing.SteadyUntilHour, $"{zone.Id} {stretch.Start}");
            }
        }
    }

    private static IEnumerable<(Rule Rule, Rule Winner)> BeatenIn(OddStory story)
    {
        foreach (PolicyWarning warning in story.Warnings)
        {
            if (Beaten().Match(warning.Message) is { Success: true } match)
            {
                yield return (
                    story.Policy.Rules.Single(rule => rule.Name == warning.Rule),
                    story.Policy.Rules.Single(rule => rule.Name == match.Groups["name"].Value));
            }
        }
    }

    /// <summary>Whether the rule, as one that denies, is not met.</summary>
    private static bool Denies(Rule rule, Policy policy, Person person, Attempt attempt)
    {
        Policy alone = new()
        {
            Name = policy.Name,
            Zone = policy.Zone,
            Channels = policy.Channels,
            Purposes = policy.Purposes,
            Outcomes = policy.Outcomes,
            Rules = [rule with { Effect = Effect.Deny }],
        };
        return Decider.Decide(alone, person, attempt, attempt.At) is Decision.Denied;
    }

    [GeneratedRegex("^Whatever this rule would deny, `(?<name>[^`]+)`")]
    private static partial Regex Beaten();

    [GeneratedRegex("^No rule limits contacts .* `(?<name>[^`]+)`")]
    private static partial Regex Loose();
}
