using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Tests.Oracles;
using H2H.Throttle.Core.Time;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>Plans for small random cases, beside the best of all ways to put the contacts on the hours.</summary>
public sealed class PlanSearchTests
{
    private const int HoursTried = 9;

    private static readonly Instant Evening = Instant.FromUtc(2026, 3, 2, 19, 0);   // midnight comes in between
    private static readonly Interval Span = new(Evening, Evening + Duration.FromHours(HoursTried));
    private static readonly string[] Channels = ["email", "sms", "phone"];
    private static readonly Matcher IsPhone = new([new Condition.Trait(TraitKey.Channel, [new Glob("phone")])]);
    private static readonly Matcher IsOffer = new([new Condition.Trait(TraitKey.Topic, [new Glob("offer")])]);

    [Fact]
    public void No_plan_is_better()
    {
        int moved = 0;
        int left = 0;
        Trials.Each(120, number =>
        {
            Random dice = new(number);
            Policy policy = Of([.. Enumerable.Range(0, dice.Next(1, 4)).Select(i => RuleOf(dice, i))]);
            Person person = Enumerable.Range(0, dice.Next(3)).Aggregate(
                Person.Unknown,
                (had, _) => EveryPlan.Reserving(had, AttemptOf(dice, Evening + Duration.FromHours(dice.Next(-9, 9)))));
            ImmutableArray<Attempt> attempts =
                [.. Enumerable.Range(0, dice.Next(2, 5)).Select(_ => AttemptOf(dice, Evening))];
            int[] order =
                [.. Enumerable.Range(0, attempts.Length).OrderByDescending(i => attempts[i].Traits.Priority)];

            Plan plan = Decider.Plan(policy, person, attempts, Evening, Span, EveryPlan.Lives);

            Instant?[] times = [.. order.Select(i => plan.Placements.Single(one => one.Index == i).At)];
            Instant?[] best = new EveryPlan(policy, Span).BestOf(person, [.. order.Select(i => attempts[i])]);
            Assert.True(best.SequenceEqual(times), $"{number}: {Text(times)}, but best is {Text(best)}");
            Assert.False(plan.MayBeBeaten);
            left += best.Contains(null) ? 1 : 0;
            moved += IsEarliest(policy, person, attempts[order[0]], best[0]) ? 0 : 1;
        });

        Trials.AssertSeen(left > 0 && moved > 0, $"{left} left some out, {moved} moved the most important back.");
    }

    /// <summary>Rules that judge some contacts by others: what is best depends on the order of reserving.</summary>
    [Fact]
    public void No_plan_is_better_but_where_the_answer_says_that_one_may_be()
    {
        int sure = 0;
        int beaten = 0;
        Trials.Each(150, number =>
        {
            Random dice = new(number);
            Policy policy = Of(
                [OneSidedRuleOf(dice), .. Enumerable.Range(0, dice.Next(2)).Select(i => RuleOf(dice, i))]);
            Person person = Enumerable.Range(0, dice.Next(3)).Aggregate(
                Person.Unknown,
                (had, _) => EveryPlan.Reserving(had, AttemptOf(dice, Evening + Duration.FromHours(dice.Next(-9, 9)))));
            ImmutableArray<Attempt> attempts =
                [.. Enumerable.Range(0, dice.Next(2, 5)).Select(_ => AttemptOf(dice, Evening))];
            int[] order =
                [.. Enumerable.Range(0, attempts.Length).OrderByDescending(i => attempts[i].Traits.Priority)];

            Plan plan = Decider.Plan(policy, person, attempts, Evening, Span, EveryPlan.Lives);

            Instant?[] times = [.. order.Select(i => plan.Placements.Single(one => one.Index == i).At)];
            Instant?[] best = new EveryPlan(policy, Span).BestOf(person, [.. order.Select(i => attempts[i])]);
            bool isBest = best.SequenceEqual(times);
            Assert.True(isBest || plan.MayBeBeaten, $"{number}: {Text(times)}, but best is {Text(best)}");
            sure += plan.MayBeBeaten ? 0 : 1;
            beaten += isBest ? 0 : 1;
        });

        Trials.AssertSeen(sure > 0 && beaten > 0, $"{sure} were said to be best, {beaten} were not.");
    }

    /// <summary>No order has room for the call, and the mail is as early as without it.</summary>
    [Fact]
    public void Where_each_is_placed_as_if_it_were_alone_no_order_could_do_better()
    {
        Density calls = Over(IsPhone, false, Duration.FromHours(2));
        Policy policy = Of(
        [
            new Gap("offers", calls) { When = IsOffer },
            new Cap("calls", [new CapLimit(null, 1)], Over(IsPhone, false, Duration.FromHours(99))) { When = IsPhone },
        ]);
        Attempt call = new(new ContactTraits("phone", "marketing"), Evening);
        Attempt offer = new(new ContactTraits("email", "marketing") { Topic = "offer" }, Evening);
        Person called = EveryPlan.Reserving(Person.Unknown, call);

        Plan plan = Decider.Plan(policy, called, [call, offer], Evening, Span, EveryPlan.Lives);

        Assert.Equal(
            [(1, Evening + Duration.FromHours(2)), (0, (Instant?)null)],
            plan.Placements.Select(static one => (one.Index, one.At)));
        Assert.False(plan.MayBeBeaten);
    }

    private static bool IsEarliest(Policy policy, Person person, Attempt attempt, Instant? at) =>
        Decider.FindSlots(policy, person, attempt, Evening, Span.Start, Span.End, 1) is not [var first]
        || first.Start == at;

    private static string Text(Instant?[] times) => string.Join(", ", times.Select(static at => at?.ToString() ?? "-"));

    private static Attempt AttemptOf(Random dice, Instant at) => new(
        new ContactTraits(Channels[dice.Next(3)], "marketing")
        {
            Topic = dice.Next(2) == 0 ? "offer" : null,
            Campaign = dice.Next(2) == 0 ? "spring" : null,
            Priority = 10 * dice.Next(3),
        },
        at,
        dice.Next(1, 3));

    private static Rule RuleOf(Random dice, int number)
    {
        string name = $"rule-{number}";
        Matcher when = dice.Next(5) switch
        {
            0 => IsPhone,
            1 => IsOffer,
            2 => new([new Condition.Priority(10, 100)]),
            3 => new([new Condition.Not(new([new Condition.Trait(TraitKey.Campaign, [new Glob("*")])]))]),
            _ => Matcher.Any,
        };
        return dice.Next(5) switch
        {
            0 => new Gap(name, Over(when, false, Duration.FromHours(dice.Next(1, 6)))) { When = when },
            1 => new Cap(name, [new CapLimit(null, dice.Next(1, 3))], Today(when)) { When = when },
            2 => new Hours(name, OpenFrom(19 + dice.Next(5), dice.Next(1, 5)), false, WindowZone.Utc) { When = when },
            _ => new Cap(
                name,
                [new CapLimit(null, dice.Next(1, 4))],
                Over(when, dice.Next(2) == 0, Duration.FromHours(dice.Next(2, 9)))) { When = when },
        };
    }

    private static Rule OneSidedRuleOf(Random dice)
    {
        Matcher counted = dice.Next(2) == 0 ? IsPhone : Matcher.Any;
        Duration hours = Duration.FromHours(dice.Next(2, 6));
        Density density = Over(counted, false, hours);
        return dice.Next(6) switch
        {
            0 => new Gap("gap", density) { When = IsOffer },
            1 => new Cap("cap", [new CapLimit(null, 1)], density) { When = IsOffer },
            2 => new Cap("keep", [new CapLimit(null, 2)], Over(Matcher.Any, false, hours))
            {
                Keep = new KeptSlots(1, new([new Condition.Priority(10, 100)])),
            },
            3 => new Balance("balance", 1, 2, new Counting(Matcher.Any, []), IsOffer),
            4 => new Needs("needs", new Counting(counted, []), new Window.Rolling(hours), WindowZone.Utc)
            {
                When = IsOffer,
            },
            _ => new Cap("tiers", [new CapLimit(IsPhone, 1), new CapLimit(null, 2)], Over(Matcher.Any, false, hours)),
        };
    }

    private static Density Over(Matcher when, bool isWeighted, Duration length) =>
        new(new Counting(when, [], isWeighted), new Window.Rolling(length), WindowZone.Utc);

    private static Density Today(Matcher when) => new(
        new Counting(when, [new GroupKey.Trait(TraitKey.Channel)]),
        new Window.Calendar(CalendarUnit.Day),
        WindowZone.Utc);

    private static WeekSchedule OpenFrom(int hour, int hours) =>
        WeekSchedule.Of(_ => [new DayInterval(hour * 60, (hour + hours) * 60)]);

    private static Policy Of(ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = [.. Channels],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };
}
