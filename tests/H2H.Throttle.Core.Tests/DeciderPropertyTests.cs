using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Stories;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests;

/// <summary>The decider against a slow one that tries every window, over stories that nobody thought of.</summary>
public sealed class DeciderPropertyTests
{
    private static readonly Duration Tick = Duration.FromTicks(1);

    [Fact]
    public void Verdict_and_reasons_are_those_of_trying_every_window() => Check(3000, static story =>
    {
        ImmutableArray<string> expected = story.NaivelyDenying(story.Attempt.At);

        Decision decision = Decider.Decide(story.Policy, story.Person, story.Attempt, story.Now);

        ImmutableArray<Reason> reasons = decision is Decision.Denied denied ? denied.Reasons : [];
        Assert.Equal(expected, reasons.Select(static reason => reason.Rule));
    });

    [Fact]
    public void Unmet_rules_that_deny_are_those_of_trying_every_window() => Check(3000, static story =>
    {
        Attempt attempt = story.With(story.Attempt.Traits, story.Attempt.At, story.Attempt.Weight, null);
        ImmutableArray<string> expected = (story with { Attempt = attempt }).NaivelyDenying(attempt.At);

        ImmutableArray<Rule> unmet = Decider.Unmet(story.Policy, story.Person, attempt, story.Now);

        Assert.Equal(
            expected,
            unmet.Where(static rule => rule.Effect is not Effect.Observe).Select(static rule => rule.Name));
        ImmutableArray<Reason> shadows = Decider.Decide(story.Policy, story.Person, attempt, story.Now).Shadows;
        Assert.Equal(
            shadows.Select(static reason => reason.Rule),
            unmet.Where(static rule => rule.Effect is Effect.Observe).Select(static rule => rule.Name));
    });

    [Fact]
    public void Next_allowed_time_is_the_first_that_is_allowed() => Check(600, static story =>
    {
        if (Decider.Decide(story.Policy, story.Person, story.Attempt, story.Now) is not Decision.Denied denied)
        {
            return;
        }

        Instant at = story.Attempt.At;
        Instant until = denied.NextAllowedAt ?? at + Duration.FromDays(800);
        foreach (Instant earlier in Samples(story, at, until))
        {
            Assert.False(story.NaivelyDenying(earlier).IsEmpty, $"{earlier} would do, before {denied.NextAllowedAt}.");
        }

        if (denied.NextAllowedAt is { } next)
        {
            Assert.True(next > at);
            Assert.Empty(story.NaivelyDenying(next));
            Assert.NotEmpty(story.NaivelyDenying(next - Tick));
        }
    });

    [Fact]
    public void Each_reason_tells_when_its_rule_alone_would_not_be_in_the_way() => Check(400, static story =>
    {
        if (Decider.Decide(story.Policy, story.Person, story.Attempt, story.Now) is not Decision.Denied denied)
        {
            return;
        }

        foreach (Reason reason in denied.Reasons.DistinctBy(static reason => reason.Rule))
        {
            Instant until = reason.FreeAt ?? story.Attempt.At + Duration.FromDays(800);
            Assert.All(
                Samples(story, story.Attempt.At, until), at => Assert.Contains(reason.Rule, story.NaivelyDenying(at)));
            if (reason.FreeAt is { } free)
            {
                Assert.Contains(reason.Rule, story.NaivelyDenying(free - Tick));
                Assert.True(
                    !story.NaivelyDenying(free).Contains(reason.Rule)
                    || denied.Reasons.Count(other => other.Rule == reason.Rule) > 1);
            }
        }
    });

    [Fact]
    public void Slots_are_exactly_the_times_for_which_it_may_be_planned() => Check(1500, static story =>
    {
        Instant from = story.Now;
        Instant until = from + Duration.FromDays(40);

        ImmutableArray<Interval> slots = Decider.FindSlots(
            story.Policy, story.Person, story.Attempt, story.Now, from, until, slotsMax: 10_000);

        Assert.All(slots, slot => Assert.True(from <= slot.Start && slot.End <= until && slot.Start < slot.End));
        Assert.All(slots.Zip(slots.Skip(1)), static pair => Assert.True(pair.First.End < pair.Second.Start));
        IEnumerable<Instant> edges = slots.SelectMany(
            static slot => (Instant[])[slot.Start - Tick, slot.Start, slot.End - Tick, slot.End]);
        foreach (Instant at in Samples(story, from, until).Concat(edges).Where(at => at >= from && at < until))
        {
            bool isFree = slots.Any(slot => slot.Contains(at));
            bool isAllowed = Decider.Decide(story.Policy, story.Person, story.With(at), story.Now) is Decision.Allowed;
            Assert.True(isFree == isAllowed, $"At {at}: in a slot {isFree}, allowed {isAllowed}.");
        }
    });

    /// <summary>Times in [from, until): a coarse grid, and the neighbourhood of every contact.</summary>
    private static IEnumerable<Instant> Samples(Story story, Instant from, Instant until)
    {
        const int GridCount = 40;
        Duration step = Duration.Max((until - from) / GridCount, Duration.FromMinutes(15));
        IEnumerable<Instant> grid = Enumerable.Range(0, GridCount).Select(i => from + (step * i));
        IEnumerable<Instant> near = story.Person.Ledger.Contacts.SelectMany(static contact => new[]
        {
            contact.At - Tick, contact.At, contact.At + Tick, contact.At + Duration.FromHours(24), contact.Expires,
        });
        return grid.Concat(near).Where(at => at >= from && at < until);
    }

    private static void Check(int count, Action<Story> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        number =>
        {
            Story story = new StoryTeller(number).Tell();
            try
            {
                holds(story);
            }
            catch (Exception failure)
            {
                throw new Xunit.Sdk.XunitException($"Story {number}\n{story.Describe()}\n{failure.Message}", failure);
            }
        }).Check(Trials.Of(count));
}
