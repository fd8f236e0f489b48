using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;
using Interval = NodaTime.Interval;

namespace H2H.Throttle.Core.Tests.Decisions;

/// <summary>Plans beside those that trying every hour for every contact finds.</summary>
public sealed class PlanTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 3, 2, 0, 0);
    private static readonly Duration Tick = Duration.FromTicks(1);
    private static readonly Duration Lives = Duration.FromMinutes(15);
    private static readonly Matcher IsPhone = new([new Condition.Trait(TraitKey.Channel, [new Glob("phone")])]);
    private static readonly Matcher IsOffer = new([new Condition.Trait(TraitKey.Topic, [new Glob("offer")])]);

    private static readonly WeekSchedule Mornings =
        WeekSchedule.Of(static day => day is IsoDayOfWeek.Monday ? [new DayInterval(9 * 60, 12 * 60)] : []);

    private static readonly Hours Calls = new("calls", Mornings, false, WindowZone.Utc) { When = IsPhone };

    /// <summary>Each a policy and whom to contact: channel, topic, priority.</summary>
    public static TheoryData<string> Cases() => [.. Policies.Keys];

    private static readonly ImmutableDictionary<string, (Rule[] Rules, string[] Contacts, int[] Had)> Policies =
        ImmutableDictionary.CreateRange(
        [
            Case("a gap", [Gap(4)], ["email - 10", "sms - 90", "email - 50"]),
            Case("a gap around what is planned", [Gap(4)], ["email - 10", "sms - 90", "email - 50"], 6, 14),
            Case("a cap and hours", [Cap(2, 6), Calls], ["phone - 1", "email - 5", "phone - 9", "sms - 5"]),
            Case("a day that is full", [Cap(2, 24), Gap(2)], ["email - 3", "sms - 2", "phone - 1", "phone - 0"], 5),
            Case("an offer apart", [Cap(1, 5, IsOffer), Gap(1)], ["email offer 1", "sms news 2", "sms offer 3"], 2),
            Case("calls that end first", [Cap(1, 24, IsPhone), Calls], ["phone - 1", "phone - 2", "email - 3"]),
        ]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plan_is_the_best_of_all_for_the_most_important_then_the_next(string name)
    {
        (Rule[] rules, string[] contacts, int[] had) = Policies[name];
        Person person = Had(had);
        ImmutableArray<Attempt> attempts = [.. contacts.Select(Read)];
        Interval span = new(Monday, Monday + Duration.FromHours(20));
        int[] order = [.. Enumerable.Range(0, attempts.Length).OrderByDescending(i => attempts[i].Traits.Priority)];

        ImmutableArray<Placement> plan = Decider.Plan(Of([.. rules]), person, attempts, Monday, span, Lives);

        Assert.Equal(order, plan.Select(static one => one.Index));
        Assert.Equal(
            Best(Of([.. rules]), person, [.. order.Select(i => attempts[i])], span),
            plan.Select(static one => one.At));
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

        Placement exact = Assert.Single(Decider.Plan(policy, Had(0, 8), [Read("email - 1")], Monday, span, Lives));
        Person closer = Had(Monday, Monday + Duration.FromHours(8) - Tick);
        Placement beyond = Assert.Single(Decider.Plan(policy, closer, [Read("email - 1")], Monday, span, Lives));

        Assert.Equal(only, exact.At);
        Assert.Equal(Monday + Duration.FromHours(12) - Tick, beyond.At);
    }

    /// <summary>It could wait until Tuesday and both would fit; the less important one does not make it wait.</summary>
    [Fact]
    public void What_is_important_does_not_wait_for_what_is_less_so_to_fit_in()
    {
        Policy policy = Of([Cap(1, 20), Calls]);
        Interval span = new(Monday + Duration.FromHours(9), Monday + Duration.FromHours(60));

        ImmutableArray<Placement> plan = Plan(policy, [Read("phone - 1"), Read("email - 9")], span);

        Assert.Equal([1, 0], plan.Select(static one => one.Index));
        Assert.Equal([span.Start, null], plan.Select(static one => one.At));
    }

    /// <summary>Of all ways to put them on the hours, that in which the first is earliest, then the second.</summary>
    private static IEnumerable<Instant?> Best(
        Policy policy, Person person, ImmutableArray<Attempt> attempts, Interval span)
    {
        if (attempts.IsEmpty)
        {
            return [];
        }

        for (Instant hour = span.Start; hour < span.End; hour += Duration.FromHours(1))
        {
            Attempt attempt = new(attempts[0].Traits, hour);
            if (Decider.Decide(policy, person, attempt, Monday) is Decision.Allowed)
            {
                return [hour, .. Best(policy, With(person, attempt), attempts[1..], span)];
            }
        }

        return [null, .. Best(policy, person, attempts[1..], span)];
    }

    private static ImmutableArray<Placement> Plan(Policy policy, ImmutableArray<Attempt> attempts, Interval span) =>
        Decider.Plan(policy, Person.Unknown, attempts, span.Start, span, Lives);

    private static KeyValuePair<string, (Rule[] Rules, string[] Contacts, int[] Had)> Case(
        string name, Rule[] rules, string[] contacts, params int[] hours) => new(name, (rules, contacts, hours));

    private static Attempt Read(string text)
    {
        string[] words = text.Split(' ');
        ContactTraits traits = new(words[0], "marketing")
        {
            Topic = words[1] == "-" ? null : words[1], Priority = int.Parse(words[2]),
        };
        return new Attempt(traits, Monday);
    }

    private static Person Had(params int[] hours) =>
        Had([.. hours.Select(static hour => Monday + Duration.FromHours(hour))]);

    private static Person Had(params Instant[] planned) => planned.Aggregate(
        Person.Unknown, static (person, at) => With(person, new Attempt(new ContactTraits("email", "marketing"), at)));

    private static Person With(Person person, Attempt attempt) => person with
    {
        Ledger = person.Ledger.Add(new LedgerContact(
            new ContactNumber(person.Ledger.Contacts.Length + 1), attempt.At, attempt.Traits, attempt.Weight,
            ContactState.Reserved, attempt.At + Lives, null, attempt.At)),
    };

    private static Policy Of(ImmutableArray<Rule> rules) => new()
    {
        Name = "p",
        Channels = ["email", "sms", "phone"],
        Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
        Rules = rules,
    };

    private static Gap Gap(int hours) => new("gap", Over(hours, Matcher.Any));

    private static Cap Cap(int limit, int hours, Matcher? when = null) =>
        new("cap", [new CapLimit(null, limit)], Over(hours, when ?? Matcher.Any)) { When = when ?? Matcher.Any };

    private static Density Over(int hours, Matcher when) =>
        new(new Counting(when, []), new Window.Rolling(Duration.FromHours(hours)), WindowZone.Utc);
}
