using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class CapTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    private static readonly ContactTraits Email = new("email", "marketing");
    private static readonly Matcher Urgent = new([new Condition.Priority(80, 100)]);

    [Fact]
    public void A_cap_has_a_name_that_is_not_too_long_and_a_limit()
    {
        Assert.Throws<ArgumentException>(() => new Cap(" ", [new(null, 1)], Any()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cap(new string('a', 65), [new(null, 1)], Any()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cap("cap", [], Any()));
        Assert.Equal(64, new Cap(new string('a', 64), [new(null, 1)], Any()).Name.Length);
        Assert.Equal("cap", Cap(1).KindName);
    }

    [Theory]
    [InlineData(0, 1, "Such contacts are blocked.")]
    [InlineData(1, 1, "1 contact counts; at most 1 is allowed in rolling 24h.")]
    [InlineData(2, 2, "2 contacts count; at most 2 are allowed in rolling 24h.")]
    public void A_refusal_says_what_counts_and_what_is_allowed(int limit, int made, string message) =>
        Assert.Equal(message, Refusal(Cap(limit), With(made)).Message);

    [Fact]
    public void A_refusal_says_whose_contacts_count_and_what_they_weigh()
    {
        Counting weighted = new(Matcher.Any, [], isWeighted: true);
        Density pooled = new(weighted, Day, WindowZone.Utc) { Pool = "household" };
        Cap cap = new("cap", [new CapLimit(null, 4)], pooled);
        Person person = With(1);
        Person shared = person with
        {
            Pools = person.Pools.Add("household", new Pool("h") { Others = PoolLedger.Of(With(1).Ledger.Contacts) }),
        };

        Reason alone = Refusal(cap, person, weight: 2);
        Reason together = Refusal(cap, shared, weight: 2);

        Assert.Equal("A weight of 3 counts, this one adds 2; at most 4 is allowed in rolling 24h.", alone.Message);
        Assert.Equal(
            "A weight of 6 counts over everyone in the household, this one adds 2; at most 4 is allowed in "
            + "rolling 24h.",
            together.Message);
        Assert.Equal((6, 4), (together.Used, together.Limit));
        Assert.Single(together.Counted);
    }

    [Fact]
    public void The_higher_cap_that_would_do_leaves_out_no_kept_slot()
    {
        Cap cap = Cap(3) with { Keep = new KeptSlots(2, Urgent) };

        Change.HigherCap change = Assert.Single(Explain(cap, With(2)).Changes.OfType<Change.HigherCap>());

        Assert.Equal(5, change.Limit);
    }

    [Fact]
    public void No_cap_is_raised_past_the_highest_there_can_be()
    {
        Density weighted = new(new Counting(Matcher.Any, [], isWeighted: true), Day, WindowZone.Utc);
        LedgerContact heavy = Made(1) with { Weight = CapLimit.ContactsMax - 1 };
        Person person = new() { Ledger = Ledger.Of([heavy]) };
        Cap cap = new("cap", [new CapLimit(null, 1)], weighted);

        Assert.Equal(
            CapLimit.ContactsMax, Assert.Single(Explain(cap, person).Changes.OfType<Change.HigherCap>()).Limit);
        Assert.Empty(Explain(cap, person, weight: 2).Changes.OfType<Change.HigherCap>());
    }

    [Fact]
    public void A_cap_whose_limits_are_all_for_others_limits_nothing_and_says_so()
    {
        CapLimit forUrgent = new(Urgent, 0);
        Cap cap = new("cap", [forUrgent], Any());

        Explanation explanation = Explain(cap, With(5));

        Assert.IsType<Decision.Allowed>(explanation.Decision);
        RuleFinding finding = explanation.Rules.Single(one => one.Rule.Name == "cap");
        Assert.Equal((5, null), (finding.Evidence.Used, finding.Evidence.Limit));
    }

    [Fact]
    public void What_stopped_counting_leaves_room_in_the_cap_of_what_was_delivered()
    {
        Counting delivered = new(Matcher.Any, [], outcomes: OutcomeFilter.Delivered);
        Cap cap = new("cap", [new CapLimit(null, 1)], new Density(delivered, Day, WindowZone.Utc));
        Person busy = new() { Ledger = Ledger.Of([Made(1) with { Outcome = "busy" }]) };
        Person sent = new() { Ledger = Ledger.Of([Made(1) with { Outcome = "sent" }]) };

        Assert.IsType<Decision.Allowed>(Explain(cap, busy).Decision);
        Assert.IsType<Decision.Denied>(Explain(cap, sent).Decision);
    }

    [Fact]
    public void Waiting_for_a_reservation_to_lapse_is_named_as_what_would_do()
    {
        Instant lapses = Noon + Duration.FromMinutes(15);
        LedgerContact reserved = Made(1) with { State = ContactState.Reserved, Expires = lapses };

        Explanation explanation = Explain(Cap(1), new Person { Ledger = Ledger.Of([reserved]) });

        Assert.Equal(lapses, Assert.Single(explanation.Changes.OfType<Change.Wait>()).Until);
    }

    [Fact]
    public void What_left_the_window_is_not_told_and_of_windows_as_full_the_earliest_is()
    {
        Explanation left = Explain(Cap(9), new Person { Ledger = Ledger.Of([Made(24), Made(23)]) });
        Explanation even = Explain(Cap(9), new Person { Ledger = Ledger.Of([Made(20), Made(-20)]) });

        Assert.Equal(1, Finding(left).Evidence.Used);
        Assert.Equal(Made(20), Assert.Single(Finding(even).Evidence.Counted));
        Assert.Equal((Noon - Duration.FromHours(24), Noon), (Finding(left).Evidence.Start, Finding(left).Evidence.End));
        Assert.Equal(Noon + Duration.FromHours(4), Finding(Explain(Cap(9), With(0, Made(-4)))).Evidence.End);
    }

    [Fact]
    public void Of_several_subjects_the_fullest_is_told()
    {
        Counting bySubject = new(Matcher.Any, [new GroupKey.Trait(TraitKey.Subject)]);
        Cap cap = new("cap", [new CapLimit(null, 9)], new Density(bySubject, Day, WindowZone.Utc));
        ContactTraits Of(params ImmutableArray<string> subjects) => new("email", "marketing") { Subjects = subjects };
        Person person = new()
        {
            Ledger = Ledger.Of(
            [
                Made(1) with { Traits = Of("boat") }, Made(2) with { Traits = Of("boat", "car") },
                Made(3) with { Traits = Of("house") },
            ]),
        };

        Explanation explanation = Explain(cap, person, 1, Of("boat", "car", "house"));

        Assert.Equal(2, Finding(explanation).Evidence.Used);
        Assert.Equal([2, 1], Finding(explanation).Evidence.Counted.Select(static one => one.Number.Value));
    }

    [Fact]
    public void A_widened_window_is_told_from_its_first_day_to_its_last()
    {
        Density weeks = new(new Counting(Matcher.Any, []), new Window.LastDays(3, CalendarUnit.Week), WindowZone.Utc);

        Evidence evidence = Finding(Explain(new Cap("cap", [new CapLimit(null, 9)], weeks), With(2))).Evidence;

        Assert.Equal(2, evidence.Used);
        Assert.Equal(Instant.FromUtc(2026, 2, 23, 0, 0), evidence.Start);
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 0, 0), evidence.End);
    }

    private static RuleFinding Finding(Explanation explanation) =>
        explanation.Rules.Single(static one => one.Rule.Name == "cap");

    private static Person With(int made, LedgerContact other) =>
        new() { Ledger = With(made).Ledger.Add(other) };

    private static Window.Rolling Day => new(Duration.FromHours(24), "24h");

    private static Density Any() => new(new Counting(Matcher.Any, []), Day, WindowZone.Utc);

    private static Cap Cap(int limit) => new("cap", [new CapLimit(null, limit)], Any());

    private static Person With(int made) => new() { Ledger = Ledger.Of(Enumerable.Range(1, made).Select(Made)) };

    private static LedgerContact Made(int number)
    {
        Instant at = Noon - Duration.FromHours(number);
        ContactNumber unlikeOthers = new(number > 0 ? number : 100 - number);
        return new LedgerContact(unlikeOthers, at, Email, 3, ContactState.Made, at, null, at);
    }

    private static Reason Refusal(Cap cap, Person person, int weight = 1) =>
        Assert.Single(Assert.IsType<Decision.Denied>(Explain(cap, person, weight).Decision).Reasons);

    private static Explanation Explain(Rule rule, Person person, int weight = 1, ContactTraits? asked = null)
    {
        Policy policy = new()
        {
            Name = "caps",
            Channels = ["email"],
            ReleasesUnconfirmedOn = ["email"],
            Purposes = ImmutableDictionary<string, Purpose>.Empty.Add("marketing", new Purpose("marketing")),
            Rules = [rule],
        };
        return Decider.Explain(policy, person, new Attempt(asked ?? Email, Noon, weight), Noon);
    }
}
