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

/// <summary>Plans beside the best of all ways to put the contacts on the hours.</summary>
public sealed class PlanTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly Duration Tick = Duration.FromTicks(1);
    private static readonly Duration Lives = EveryPlan.Lives;
    private static readonly Matcher IsPhone = new([new Condition.Trait(TraitKey.Channel, [new Glob("phone")])]);
    private static readonly Matcher IsOffer = new([new Condition.Trait(TraitKey.Topic, [new Glob("offer")])]);

    private static readonly WeekSchedule Mornings =
        WeekSchedule.Of(static day => day is IsoDayOfWeek.Monday ? [new DayInterval(9 * 60, 12 * 60)] : []);

    private static readonly Hours Calls = new("calls", Mornings, false, WindowZone.Utc) { When = IsPhone };

    /// <summary>Each a policy and whom to contact: channel, topic, priority. What is large weighs two.</summary>
    public static TheoryData<string> Cases() => [.. Policies.Keys];

    private static readonly ImmutableDictionary<string, (Rule[] Rules, string[] Contacts, int[] Had)> Policies =
        ImmutableDictionary.CreateRange(
        [
            Case("a gap", [Gap(4)], ["email - 10", "sms - 90", "email - 50"]),
            Case("a gap around what is planned", [Gap(4)], ["email - 10", "sms - 90", "email - 50"], 6, 14),
            Case("a cap and hours", [Cap(2, 6), Calls], ["phone - 1", "email - 5", "phone - 9", "sms - 5"]),
            Case("a day that is full", [Cap(2, 24), Gap(2)], ["email - 3", "sms - 2", "phone - 1", "phone - 0"], 5),
            Case("an offer apart", [Cap(1, 5, IsOffer), Gap(1)], ["email offer 1", "sms news 2", "sms offer 3"], 2),
            Case("calls before what can wait", [Cap(1, 20), Calls], ["phone - 1", "email - 9"]),
            Case("room for two small or one large", [Cap(2, 40)], ["email large 9", "sms - 2", "email - 1"]),
            Case("two large and a small", [Cap(2, 6), Gap(1)], ["sms large 9", "email large 5", "email - 1"]),
            Case("twins", [Gap(5), Calls], ["email - 1", "email - 1", "phone - 1", "email - 1"], 3),
            Case("calls that end first", [Cap(1, 24, IsPhone), Calls], ["phone - 1", "phone - 2", "email - 3"]),
        ]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plan_leaves_out_the_fewest_then_the_least_important_and_has_the_most_important_early(string name)
    {
        (Rule[] rules, string[] contacts, int[] had) = Policies[name];
        Person person = Had(had);
        ImmutableArray<Attempt> attempts = [.. contacts.Select(Read)];
        Interval span = new(Monday, Monday + Duration.FromHours(20));
        int[] order = [.. Enumerable.Range(0, attempts.Length).OrderByDescending(i => attempts[i].Traits.Priority)];

        Plan plan = Decider.Plan(Of([.. rules]), person, attempts, Monday, span, Lives);

        Instant?[] best = new EveryPlan(Of([.. rules]), span).BestOf(person, [.. order.Select(i => attempts[i])]);
        Assert.Equal(best, order.Select(i => plan.Placements.Single(one => one.Index == i).At));
        Assert.Equal(
            [.. order.Where((_, i) => best[i] is not null), .. order.Where((_, i) => best[i] is null)],
            plan.Placements.Select(static one => one.Index));
        Assert.False(plan.MayBeBeaten);
    }

    [Fact]
    public void Plan_begins_with_the_first_instant_and_ends_before_the_last()
    {
        Policy policy = Of([Gap(4)]);
        ImmutableArray<Attempt> both = [Read("email - 1"), Read("sms - 2")];
        Instant second = Monday + Duration.FromHours(4);

        ImmutableArray<Placement> fits = Plan(policy, both, new Interval(Monday, second + Tick));
        ImmutableArray<Placement> doesNot = Plan(policy, both, new Interval(Monday, second));

        Assert.Equal([Monday, second], fits.Select(static one => one.At));
        Assert.Equal([Monday, null], doesNot.Select(static one => one.At));
        Assert.Equal(second, Assert.IsType<Decision.Denied>(doesNot[1].AtStart).NextAllowedAt);
    }

    [Fact]
    public void Slot_between_two_planned_contacts_is_used_to_its_last_instant()
    {
        Policy policy = Of([Gap(4)]);
        Interval span = new(Monday, Monday + Duration.FromHours(12));
        Instant only = Monday + Duration.FromHours(4);

        Placement exact = Assert.Single(
            Decider.Plan(policy, Had(0, 8), [Read("email - 1")], Monday, span, Lives).Placements);
        Person closer = Had(Monday, Monday + Duration.FromHours(8) - Tick);
        Placement beyond = Assert.Single(
            Decider.Plan(policy, closer, [Read("email - 1")], Monday, span, Lives).Placements);

        Assert.Equal(only, exact.At);
        Assert.Equal(Monday + Duration.FromHours(12) - Tick, beyond.At);
    }

    /// <summary>The call can only be made in the morning; the e-mail can wait until five.</summary>
    [Fact]
    public void What_is_important_waits_where_that_lets_another_one_in()
    {
        Policy policy = Of([Cap(1, 20), Calls]);
        Interval span = new(Monday + Duration.FromHours(9), Monday + Duration.FromHours(60));

        ImmutableArray<Placement> plan = Plan(policy, [Read("phone - 1"), Read("email - 9")], span);

        Assert.Equal([1, 0], plan.Select(static one => one.Index));
        Assert.Equal([span.Start + Duration.FromHours(20), span.Start], plan.Select(static one => one.At));
    }

    /// <summary>Ten different contacts for nine places: no order is given up before most of it is tried.</summary>
    [Fact]
    public void Search_that_takes_too_long_ends_with_one_contact_after_another_or_better_and_says_so()
    {
        Policy policy = Of([Gap(2)]);
        Interval span = new(Monday, Monday + Duration.FromHours(18));
        ImmutableArray<Attempt> attempts = [.. Enumerable.Range(0, 10).Select(i => Read($"email t{i} {i}"))];

        Plan plan = Decider.Plan(policy, Person.Unknown, attempts, Monday, span, Lives);

        Assert.True(plan.MayBeBeaten);
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], plan.Placements.Select(static one => one.Index));
        Assert.Equal(
            [.. Enumerable.Range(0, 9).Select(static i => (Instant?)Monday + Duration.FromHours(2 * i)), null],
            plan.Placements.Select(static one => one.At));
    }

    /// <summary>Thirty campaigns, which no rule tells apart, for four places.</summary>
    [Fact]
    public void Contacts_that_no_rule_tells_apart_are_not_tried_in_every_order()
    {
        Policy policy = Of([Gap(2), Cap(4, 30)]);
        Interval span = new(Monday, Monday + Duration.FromHours(18));
        ImmutableArray<Attempt> attempts =
        [
            .. Enumerable.Range(0, 30).Select(static i => new Attempt(
                new ContactTraits("email", "marketing")
                {
                    Campaign = $"campaign-{i}", Priority = i, Subjects = [$"case-{i}"], Sender = $"sender-{i}",
                    Labels = ImmutableSortedDictionary<string, string>.Empty.Add("shop", $"{i}"),
                },
                Monday)),
        ];

        Plan plan = Decider.Plan(policy, Person.Unknown, attempts, Monday, span, Lives);

        Assert.False(plan.MayBeBeaten);
        Assert.Equal(
            [29, 28, 27, 26],
            plan.Placements.Where(static one => one.At is not null).Select(static one => one.Index));
    }

    /// <summary>After a row of e-mails another one may only follow a text message.</summary>
    [Fact]
    public void What_may_only_follow_another_is_placed_after_it()
    {
        Matcher isEmail = new([new Condition.Trait(TraitKey.Channel, [new Glob("email")])]);
        Policy policy = Of([new Balance("row", 1, 2, new Counting(Matcher.Any, []), isEmail)]);
        Interval span = new(Monday + Duration.FromHours(5), Monday + Duration.FromHours(9));

        ImmutableArray<Placement> plan =
            Decider.Plan(policy, Had(4), [Read("email - 9"), Read("sms - 1")], span.Start, span, Lives).Placements;

        Assert.Equal([1, 0], plan.Select(static one => one.Index));
        Assert.Equal([span.Start, span.Start], plan.Select(static one => one.At));
    }

    private static ImmutableArray<Placement> Plan(Policy policy, ImmutableArray<Attempt> attempts, Interval span) =>
        Decider.Plan(policy, Person.Unknown, attempts, span.Start, span, Lives).Placements;

    private static KeyValuePair<string, (Rule[] Rules, string[] Contacts, int[] Had)> Case(
        string name, Rule[] rules, string[] contacts, params int[] hours) => new(name, (rules, contacts, hours));

    private static Attempt Read(string text)
    {
        string[] words = text.Split(' ');
        ContactTraits traits = new(words[0], "marketing")
        {
            Topic = words[1] == "-" ? null : words[1], Priority = int.Parse(words[2]),
        };
        return new Attempt(traits, Monday, words[1] == "large" ? 2 : 1);
    }

    private static Person Had(params int[] hours) =>
        Had([.. hours.Select(static hour => Monday + Duration.FromHours(hour))]);

    private static Person Had(params Instant[] planned) => planned.Aggregate(
        Person.Unknown,
        static (person, at) => EveryPlan.Reserving(person, new Attempt(new ContactTraits("email", "marketing"), at)));

    private static Policy Of(ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "sms", "phone"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };

    private static Gap Gap(int hours) => new("gap", Over(hours, Matcher.Any));

    private static Cap Cap(int limit, int hours, Matcher? when = null) =>
        new("cap", [new CapLimit(null, limit)], Over(hours, when ?? Matcher.Any, true)) { When = when ?? Matcher.Any };

    private static Density Over(int hours, Matcher when, bool isWeighted = false) =>
        new(new Counting(when, [], isWeighted), new Window.Rolling(Duration.FromHours(hours)), WindowZone.Utc);
}
