using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Tests.Stories;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests;

/// <summary>
/// Rules about what was said and what happened (consents, holds, cooldowns, needs, balances, blackouts) against the
/// slow decider, where nothing else is in the way.
/// </summary>
public sealed class FactPropertyTests
{
    private static readonly Duration Tick = Duration.FromTicks(1);

    [Fact]
    public void Verdict_reasons_and_the_time_to_come_are_those_of_the_slow_decider() => Check(6000, static story =>
    {
        Decision decision = Decider.Decide(story.Policy, story.Person, story.Attempt, story.Now);

        Decision.Denied? denied = decision as Decision.Denied;
        ImmutableArray<Reason> reasons = denied?.Reasons ?? [];
        Assert.Equal(story.NaivelyDenying(story.Attempt.At), reasons.Select(static reason => reason.Rule));
        if (denied?.NextAllowedAt is { } next)
        {
            Assert.True(next > story.Attempt.At);
            Assert.Empty(story.NaivelyDenying(next));
            Assert.NotEmpty(story.NaivelyDenying(next - Tick));
        }

        foreach (Instant at in Edges(story).Where(at => at > story.Attempt.At && !(at >= denied?.NextAllowedAt)))
        {
            Assert.True(denied is null || !story.NaivelyDenying(at).IsEmpty, $"{at} would do.");
        }
    });

    [Fact]
    public void Slots_are_the_times_that_the_slow_decider_allows() => Check(2000, static story =>
    {
        Instant until = story.Now + Duration.FromDays(40);
        ImmutableArray<Interval> slots = Decider.FindSlots(
            story.Policy, story.Person, story.Attempt, story.Now, story.Now, until, slotsMax: 10_000);

        foreach (Instant at in Edges(story).Where(at => at >= story.Now && at < until))
        {
            bool isFree = slots.Any(slot => slot.Contains(at));
            Assert.True(isFree == story.NaivelyDenyingPlanned(at).IsEmpty, $"At {at}: in a slot {isFree}.");
        }
    });

    /// <summary>Where something happens, and a moment to both sides.</summary>
    private static IEnumerable<Instant> Edges(Story story) => story.Person.Ledger.Contacts
        .SelectMany(static contact => (Instant[])[contact.At, contact.OutcomeAt, contact.Expires])
        .Concat(story.Person.Ledger.Events.Select(static happened => happened.At))
        .Concat(story.Person.Consents.SelectMany(static given => (Instant[])[given.From, given.Until ?? given.From]))
        .SelectMany(static at => (Instant[])[at - Tick, at, at + Tick, at + Duration.FromHours(25)])
        .Distinct();

    private static void Check(int count, Action<Story> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        number =>
        {
            Story story = new StoryTeller(number).TellOfFacts();
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
