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

/// <summary>Plans for stories that nobody thought of.</summary>
public sealed class PlanPropertyTests
{
    private static readonly Duration Tick = Duration.FromTicks(1);
    private static readonly Duration Lives = Duration.FromMinutes(15);

    [Fact]
    public void What_is_planned_can_be_reserved_in_order_and_nothing_is_left_out_that_has_room()
    {
        int placed = 0;
        int left = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), number =>
        {
            Story story = new StoryTeller(number).Tell();
            ImmutableArray<Attempt> attempts = Several(story, new Random(number));
            Interval span = new(story.Now, story.Now + Duration.FromDays(12));
            string report = $"Plan {number}\n{story.Describe()}";

            Plan plan = Decider.Plan(story.Policy, story.Person, attempts, story.Now, span, Lives);

            Assert.Equal([0, 1, 2, 3], plan.Placements.Select(static one => one.Index).Order());
            Story then = story;
            foreach (Placement placement in plan.Placements.Where(static one => one.At is not null))
            {
                then = then with { Attempt = attempts[placement.Index] };
                Assert.True(IsAllowed(then, placement.At!.Value), $"{placement} is not allowed. {report}");
                Assert.True(span.Contains(placement.At.Value), report);
                Assert.Null(placement.AtStart);
                then = Reserving(then, then.Attempt, placement.At.Value);
            }

            foreach (Placement placement in plan.Placements.Where(static one => one.At is null))
            {
                AssertNoRoom(then with { Attempt = attempts[placement.Index] }, span, $"{placement} {report}");
                Assert.IsType<Decision.Denied>(placement.AtStart);
            }

            int found = plan.Placements.Count(static one => one.At is not null);
            AssertNoWorseThanOneAfterAnother(story, attempts, plan, span, report);
            (placed, left) = (placed + found, left + 4 - found);
        }).Check(Trials.Of(300));

        Trials.AssertSeen(placed > 20 && left > 20, $"{placed} were placed, {left} left out: one was hardly tried.");
    }

    private static void AssertNoWorseThanOneAfterAnother(
        Story story, ImmutableArray<Attempt> attempts, Plan plan, Interval span, string report)
    {
        Story then = story;
        List<(int Index, Instant At)> inTurn = [];
        foreach (int index in Enumerable.Range(0, 4).OrderByDescending(i => attempts[i].Traits.Priority))
        {
            ImmutableArray<Interval> slots = Decider.FindSlots(
                then.Policy, then.Person, attempts[index], then.Now, span.Start, span.End, 1);
            if (slots is [var first])
            {
                inTurn.Add((index, first.Start));
                then = Reserving(then, attempts[index], first.Start);
            }
        }

        int found = plan.Placements.Count(static one => one.At is not null);
        Assert.True(found >= inTurn.Count, $"{inTurn.Count} fit, and only {found} were placed. {report}");
        if (inTurn.Count == 4)
        {
            Assert.Equal(inTurn, plan.Placements.Select(static one => (one.Index, one.At!.Value)));
        }
    }

    private static void AssertNoRoom(Story story, Interval span, string report)
    {
        const int Count = 25;
        foreach (Instant at in Enumerable.Range(0, Count).Select(i => span.Start + (span.Duration * i / Count))
            .Append(span.End - Tick))
        {
            Assert.False(IsAllowed(story, at), $"It could be at {at}. {report}");
        }
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
