using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.People;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Tests.Rules;

public sealed class ListedTests
{
    private static readonly Instant AsOf = Instant.FromUtc(2026, 3, 1, 5, 0);   // midnight in New York
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly Person NewYorker = new() { Zone = NewYork };
    private static readonly ContactTraits Call = new("phone", "marketing") { Address = "hash" };
    private static readonly Listed Registry =
        new("registry", "us-national-dnc", new Freshness.Days(31), WindowZone.Person);

    [Fact]
    public void An_address_on_the_list_is_never_contacted()
    {
        Reason reason = DeniedOn(Registry, NewYorker, AsOf, Standing(isListed: true));

        Assert.Equal(ReasonCode.Listed, reason.Code);
        Assert.Null(reason.FreeAt);
    }

    [Fact]
    public void A_copy_may_be_used_all_through_the_last_day_of_its_age()
    {
        Instant lastDay = new LocalDateTime(2026, 4, 1, 23, 59, 59).InZoneStrictly(NewYork).ToInstant();
        Instant nextDay = new LocalDateTime(2026, 4, 2, 0, 0).InZoneStrictly(NewYork).ToInstant();

        Assert.IsType<Decision.Allowed>(Decide(Registry, NewYorker, lastDay, Standing(isListed: false)));
        Reason reason = DeniedOn(Registry, NewYorker, nextDay, Standing(isListed: false));
        Assert.Equal((ReasonCode.ListStale, "31 days"), (reason.Code, reason.Window));
    }

    [Fact]
    public void A_copy_whose_age_is_elapsed_time_is_too_old_when_it_has_elapsed()
    {
        Listed daily = new("daily", "us-national-dnc", Rolling(24), WindowZone.Person);
        Instant end = AsOf + Duration.FromHours(24);

        Assert.IsType<Decision.Allowed>(
            Decide(daily, NewYorker, end - Duration.FromTicks(1), Standing(isListed: false)));
        Assert.Equal(ReasonCode.ListStale, DeniedOn(daily, NewYorker, end, Standing(isListed: false)).Code);
    }

    [Fact]
    public void Age_in_months_is_counted_by_the_calendar()
    {
        Listed monthly = new("monthly", "us-national-dnc", new Freshness.Months(1), WindowZone.Person);
        Listed rolling = new(
            "rolling", "us-national-dnc", new Freshness.RollingMonths(new Window.RollingMonths(1)), WindowZone.Person);
        Instant noon = new LocalDateTime(2026, 2, 28, 12, 0).InZoneStrictly(NewYork).ToInstant();
        Instant lastDay = new LocalDateTime(2026, 3, 28, 23, 59, 59).InZoneStrictly(NewYork).ToInstant();
        Instant lastNoon = new LocalDateTime(2026, 3, 28, 12, 0).InZoneStrictly(NewYork).ToInstant();
        ListStanding standing = new("us-national-dnc", noon, IsListed: false);

        Assert.IsType<Decision.Allowed>(Decide(monthly, NewYorker, lastDay, standing));
        Assert.Equal("1 month", DeniedOn(monthly, NewYorker, lastDay + Duration.FromSeconds(1), standing).Window);
        Assert.IsType<Decision.Allowed>(Decide(rolling, NewYorker, lastNoon - Duration.FromTicks(1), standing));
        Assert.Equal("rolling 1mo", DeniedOn(rolling, NewYorker, lastNoon, standing).Window);
    }

    /// <remarks>That evening it is the first of March already by UTC.</remarks>
    [Fact]
    public void Age_in_months_begins_with_the_day_on_which_the_copy_was_made_where_the_person_is()
    {
        Listed monthly = new("monthly", "us-national-dnc", new Freshness.Months(1), WindowZone.Person);
        Instant evening = new LocalDateTime(2026, 2, 28, 22, 0).InZoneStrictly(NewYork).ToInstant();
        Instant end = new LocalDateTime(2026, 3, 29, 0, 0).InZoneStrictly(NewYork).ToInstant();
        ListStanding standing = new("us-national-dnc", evening, IsListed: false);

        Assert.IsType<Decision.Allowed>(Decide(monthly, NewYorker, end - Duration.FromTicks(1), standing));
        Assert.Equal(ReasonCode.ListStale, DeniedOn(monthly, NewYorker, end, standing).Code);
    }

    [Fact]
    public void A_copy_must_be_fresh_in_every_zone_that_the_person_may_be_in()
    {
        Instant inKiritimatiAlreadyTheNextDay = Instant.FromUtc(2026, 4, 1, 10, 30);

        Reason reason = DeniedOn(
            Registry, Person.Unknown, inKiritimatiAlreadyTheNextDay, Standing(isListed: false));

        Assert.Equal(ReasonCode.ListStale, reason.Code);
        Assert.IsType<Decision.Allowed>(
            Decide(Registry, NewYorker, inKiritimatiAlreadyTheNextDay, Standing(isListed: false)));
    }

    [Fact]
    public void A_copy_without_an_age_to_keep_never_gets_too_old()
    {
        Listed own = new("own", "us-national-dnc", null, WindowZone.Person);

        Assert.IsType<Decision.Allowed>(
            Decide(own, NewYorker, AsOf + Duration.FromDays(4000), Standing(isListed: false)));
    }

    [Fact]
    public void A_list_that_was_never_loaded_lets_nothing_pass()
    {
        Listed own = new("own", "in-house", null, WindowZone.Person);

        Reason reason = DeniedOn(own, NewYorker, AsOf, Standing(isListed: false));

        Assert.Equal((ReasonCode.ListStale, "The list in-house was never loaded."), (reason.Code, reason.Message));
    }

    [Fact]
    public void A_contact_without_an_address_is_denied_for_that()
    {
        Attempt attempt = new(new ContactTraits("phone", "marketing"), AsOf);

        Decision.Denied denied =
            Assert.IsType<Decision.Denied>(Decider.Decide(PolicyOf(Registry), NewYorker, attempt, AsOf));

        Assert.Equal(ReasonCode.AddressMissing, Assert.Single(denied.Reasons).Code);
        Assert.Null(denied.NextAllowedAt);
        Assert.Empty(denied.AllowedChannels);
    }

    [Fact]
    public void An_address_that_no_list_writes_so_cannot_be_looked_up()
    {
        Attempt attempt = new(Call, AsOf) { Lists = default };

        Decision.Denied denied =
            Assert.IsType<Decision.Denied>(Decider.Decide(PolicyOf(Registry), NewYorker, attempt, AsOf));

        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal(ReasonCode.AddressMissing, reason.Code);
        Assert.Equal(
            "Nobody can tell whether the address is on us-national-dnc: contact.address is missing, or a phone number "
            + "without + and country code.",
            reason.Message);
    }

    [Fact]
    public void It_is_told_what_the_list_says_and_how_old_it_is()
    {
        Instant late = AsOf + Duration.FromDays(40);

        Assert.Equal(
            "The address is on us-national-dnc.",
            DeniedOn(Registry, NewYorker, AsOf, Standing(isListed: true)).Message);
        Assert.Equal(
            "The copy of us-national-dnc is as of 2026-03-01T05:00:00Z, more than 31 days before the contact.",
            DeniedOn(Registry, NewYorker, late, Standing(isListed: false)).Message);
        Listed other = new("other", "in-house", new Freshness.Days(1), WindowZone.Person);
        Assert.Equal("1 day", DeniedOn(other, NewYorker, AsOf, Standing(isListed: false)).Window);
    }

    [Fact]
    public void No_slot_is_found_where_the_copy_is_too_old_from_the_start()
    {
        Instant late = AsOf + Duration.FromDays(60);

        Assert.Empty(Decider.FindSlots(
            PolicyOf(Registry), NewYorker, AttemptAt(late, Standing(isListed: false)), late, late,
            late + Duration.FromDays(90), 10));
        RuleFinding finding = Decider.Explain(
            PolicyOf(Registry), NewYorker, AttemptAt(late, Standing(isListed: false)), late).Rules[^1];
        Assert.Equal(late, Assert.Single(finding.Closed).Start);
    }

    [Fact]
    public void A_list_has_a_name_of_a_bounded_length()
    {
        string longest = new('l', Listed.ListLengthMax);

        Assert.Throws<ArgumentException>(static () => new Listed("own", " ", null, WindowZone.Person));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new Listed("own", longest + "l", null, WindowZone.Person));
        Assert.Equal(longest, new Listed("own", longest, null, WindowZone.Person).List);
    }

    [Fact]
    public void A_contact_is_not_planned_past_the_age_of_the_copy_at_hand()
    {
        Attempt attempt = AttemptAt(AsOf, Standing(isListed: false));
        Instant end = new LocalDateTime(2026, 4, 2, 0, 0).InZoneStrictly(NewYork).ToInstant();

        ImmutableArray<Interval> slots = Decider.FindSlots(
            PolicyOf(Registry), NewYorker, attempt, AsOf, AsOf, AsOf + Duration.FromDays(90), 10);

        Assert.Equal(new Interval(AsOf, end), Assert.Single(slots));
    }

    [Fact]
    public void An_address_that_is_looked_up_and_not_listed_costs_no_memory_in_the_decision()
    {
        Policy policy = PolicyOf(Registry);
        Attempt attempt = AttemptAt(AsOf, Standing(isListed: false));
        Assert.IsType<Decision.Allowed>(Decider.Decide(policy, NewYorker, attempt, AsOf));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Decider.Decide(policy, NewYorker, attempt, AsOf);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void A_policy_names_each_list_once()
    {
        Policy policy = PolicyOf(Registry, Registry with { Unless = Matcher.Any }, new Listed(
            "own", "in-house", null, WindowZone.Person));

        Assert.Equal(["us-national-dnc", "in-house"], policy.Lists);
    }

    private static Freshness.Rolling Rolling(int hours) =>
        new(new Window.Rolling(Duration.FromHours(hours)));

    private static ListStanding Standing(bool isListed) => new("us-national-dnc", AsOf, isListed);

    private static Attempt AttemptAt(Instant at, ListStanding standing) => new(Call, at) { Lists = [standing] };

    private static Reason DeniedOn(Rule rule, Person person, Instant at, ListStanding standing) =>
        Assert.Single(Assert.IsType<Decision.Denied>(Decide(rule, person, at, standing)).Reasons);

    private static Decision Decide(Rule rule, Person person, Instant at, ListStanding standing) =>
        Decider.Decide(PolicyOf(rule), person, AttemptAt(at, standing), at);

    private static Policy PolicyOf(params ImmutableArray<Rule> rules) => new()
    {
        Name = "lists",
        Channels = ["phone", "sms"],
        Purposes = ImmutableDictionary.CreateRange([KeyValuePair.Create("marketing", new Purpose("marketing"))]),
        Rules = rules,
    };
}
