using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Stories;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>What is said to allow a contact does, as the slow decider sees it, and a little less does not.</summary>
public sealed class ChangePropertyTests
{
    private static readonly Duration Tick = Duration.FromTicks(1);

    [Fact]
    public void Every_change_that_is_named_allows_and_a_smaller_one_does_not()
    {
        Dictionary<Type, int> seen = [];
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), number =>
        {
            Story story = new StoryTeller(number).Tell();
            Explanation explanation = Decider.Explain(story.Policy, story.Person, story.Attempt, story.Now);
            foreach (Change change in explanation.Changes)
            {
                seen[change.GetType()] = seen.GetValueOrDefault(change.GetType()) + 1;
                Assert.True(IsAllowedWith(story, change), $"Story {number}, {change}\n{story.Describe()}");
                Assert.False(IsAllowedWithLess(story, change), $"Story {number}, less: {change}\n{story.Describe()}");
            }

            Assert.True(explanation.Decision is Decision.Denied || explanation.Changes.IsEmpty);
        }).Check(Trials.Of(2500));

        Type[] kinds =
        [
            typeof(Change.Wait), typeof(Change.OtherChannel), typeof(Change.OtherPurpose),
            typeof(Change.LessWeight), typeof(Change.Release), typeof(Change.HigherCap),
        ];
        Trials.AssertSeen(kinds.All(seen.ContainsKey), $"Only these came up: {string.Join(", ", seen.Keys)}");
    }

    [Fact]
    public void No_reservation_whose_release_would_do_is_left_out() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        static number =>
        {
            Story story = new StoryTeller(number).Tell();
            Explanation explanation = Decider.Explain(story.Policy, story.Person, story.Attempt, story.Now);
            ImmutableArray<LedgerContact> would = explanation.Decision is Decision.Allowed
                ? []
                :
                [
                    .. story.Person.Ledger.Contacts.Where(contact =>
                        contact.IsOpen && IsAllowedWith(story, new Change.Release(contact))),
                ];
            Assert.True(
                would.SequenceEqual(explanation.Changes.OfType<Change.Release>().Select(one => one.Reservation)),
                $"Story {number}\n{story.Describe()}");
        }).Check(Trials.Of(600));

    private static bool IsAllowedWith(Story story, Change change) => IsAllowed(change switch
    {
        Change.Wait wait => story.AskedAt(wait.Until),
        Change.OtherChannel other => Asking(story, story.Attempt.Traits.On(other.Channel), story.Attempt.Weight),
        Change.OtherPurpose other => Asking(story, story.Attempt.Traits.For(other.Purpose), story.Attempt.Weight),
        Change.LessWeight less => Asking(story, story.Attempt.Traits, less.Weight),
        Change.Release release => story with
        {
            Person = story.Person with
            {
                Ledger = story.Person.Ledger.Replace(
                    release.Reservation with { State = ContactState.Released }),
            },
        },
        Change.HigherCap higher => Capped(story, higher.Rule, higher.Limit),
        Change.Agreement agreement => story with
        {
            Person = story.Person with
            {
                Consents = story.Person.Consents.Add(
                    new GivenConsent(agreement.Consent, Scope.Everything, story.Now, null, [], null)),
            },
        },
        Change.LiftedHold lifted => story with
        {
            Person = story.Person with { Holds = story.Person.Holds.Remove(lifted.Hold) },
        },
        Change.Override => story with
        {
            Attempt = story.With(story.Attempt.Traits, story.Attempt.At, story.Attempt.Weight, "because"),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    });

    private static bool IsAllowedWithLess(Story story, Change change) => change switch
    {
        Change.Wait wait => IsAllowed(story.AskedAt(wait.Until - Tick)),
        Change.LessWeight less => IsAllowed(Asking(story, story.Attempt.Traits, less.Weight + 1)),
        Change.HigherCap higher => IsAllowed(Capped(story, higher.Rule, higher.Limit - 1)),
        _ => false,
    };

    private static Story Asking(Story story, ContactTraits traits, int weight) =>
        story with { Attempt = story.With(traits, story.Attempt.At, weight, story.Attempt.OverrideReason) };

    /// <summary>The same with one limit for all in the place of a cap's limits.</summary>
    private static Story Capped(Story story, string name, int contacts)
    {
        Cap cap = story.Policy.Rules.OfType<Cap>().Single(rule => rule.Name == name);
        Cap higher = new(name, [new CapLimit(null, contacts)], cap.Density)
        {
            When = cap.When,
            Unless = cap.Unless,
            UnlessConsent = cap.UnlessConsent,
            From = cap.From,
            Until = cap.Until,
            Effect = cap.Effect,
            Keep = cap.Keep,
        };
        return story with { Policy = story.Policy with { Rules = story.Policy.Rules.Replace(cap, higher) } };
    }

    private static bool IsAllowed(Story story) => story.NaivelyDenying(story.Attempt.At).IsEmpty;
}
