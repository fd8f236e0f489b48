using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Tests.Stories;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>Plans for stories that nobody thought of, reserved one by one as they say.</summary>
public sealed class PlanPropertyTests
{
    private static readonly Duration Tick = Duration.FromTicks(1);
    private static readonly Duration Lives = Duration.FromMinutes(15);

    [Fact]
    public void What_is_planned_can_be_reserved_in_order_and_no_earlier()
    {
        int placed = 0;
        int left = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), number =>
        {
            Story story = new StoryTeller(number).Tell();
            ImmutableArray<Attempt> attempts = Several(story, new Random(number));
            Interval span = new(story.Now, story.Now + Duration.FromDays(12));

            ImmutableArray<Placement> plan = Decider.Plan(
                story.Policy, story.Person, attempts, story.Now, span, Lives);

            Assert.Equal(
                attempts.Select(static (attempt, i) => (attempt, i))
                    .OrderByDescending(static one => one.attempt.Traits.Priority).ThenBy(static one => one.i)
                    .Select(static one => one.i),
                plan.Select(static one => one.Index));
            Story then = story;
            foreach (Placement placement in plan)
            {
                Attempt attempt = attempts[placement.Index];
                AssertEarliest(then with { Attempt = attempt }, placement, span, $"Plan {number}\n{story.Describe()}");
                then = placement.At is { } at ? Reserving(then, attempt, at) : then;
                (placed, left) = placement.At is null ? (placed, left + 1) : (placed + 1, left);
            }
        }).Check(Trials.Of(300));

        int seldom = (placed + left) / 20;
        Assert.True(placed > seldom && left > seldom, $"{placed} were placed, {left} left out: one was hardly tried.");
    }

    private static void AssertEarliest(Story story, Placement placement, Interval span, string report)
    {
        Instant until = placement.At ?? span.End;
        foreach (Instant earlier in Samples(span.Start, until))
        {
            Assert.False(IsAllowed(story, earlier), $"{placement} could be at {earlier}. {report}");
        }

        if (placement.At is { } at)
        {
            Assert.True(at >= span.Start && at < span.End, report);
            Assert.True(IsAllowed(story, at), $"{placement} is not allowed. {report}");
            Assert.Null(placement.AtStart);
        }
        else
        {
            Assert.IsType<Decision.Denied>(placement.AtStart);
        }
    }

    private static IEnumerable<Instant> Samples(Instant from, Instant until)
    {
        const int Count = 25;
        return Enumerable.Range(0, Count)
            .Select(i => from + ((until - from) * i / Count))
            .Append(until - Tick)
            .Where(at => at >= from && at < until);
    }

    /// <summary>As the slow decider sees it, if it were planned now.</summary>
    private static bool IsAllowed(Story story, Instant at) =>
        story.NaivelyDenyingPlanned(at).IsEmpty;

    private static Story Reserving(Story story, Attempt attempt, Instant at)
    {
        ContactNumber number = new(1000 + story.Person.Ledger.Contacts.Length);
        LedgerContact reserved = new(
            number, at, attempt.Traits, attempt.Weight, ContactState.Reserved, at + Lives, null, at);
        Person person = story.Person with { Ledger = story.Person.Ledger.Add(reserved) };
        return story with { Person = person };
    }

    private static ImmutableArray<Attempt> Several(Story story, Random dice) =>
    [
        .. Enumerable.Range(0, 4).Select(_ => new Attempt(
            new ContactTraits(StoryTeller.Channels[dice.Next(2)], "marketing")
            {
                Brand = dice.Next(2) == 0 ? "north" : null, Priority = 10 * dice.Next(3),
            },
            story.Now,
            dice.Next(1, 3))
        {
            Lists = story.Attempt.Lists,
        }),
    ];
}
