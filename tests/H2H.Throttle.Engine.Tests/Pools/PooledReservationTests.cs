using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Pools;

public sealed class PooledReservationTests
{
    private static readonly string[] Ten = [.. Enumerable.Range(0, 10).Select(static i => $"person {i}")];

    private static CancellationToken Cancellation => TrialEngine.Cancellation;

    [Fact]
    public async Task People_of_a_pool_share_its_cap_and_nobody_else_does()
    {
        await using Household household = await Household.OfAsync(3, "ada", "ben", "cyd");

        Assert.True(await household.TakesAsync("ada"));
        Assert.True(await household.TakesAsync("ada"));
        Assert.True(await household.TakesAsync("ben"));

        Assert.False(await household.AllowsAsync("cyd"));
        Assert.False(await household.TakesAsync("cyd"));
        Assert.False(await household.TakesAsync("ada"));
        Assert.True(await household.TakesAsync("a stranger"));
    }

    [Fact]
    public async Task A_denial_tells_the_number_of_all_and_names_only_ones_own_contacts()
    {
        await using Household household = await Household.OfAsync(2, "ada", "ben");
        Instant first = household.Clock.Now;
        await household.ReserveAsync("ben");
        household.Advance(Duration.FromHours(1));
        KnownContact own = (await household.ReserveAsync("ada")).Reservation!;

        Decision.Denied denied = Household.Denial(await household.ReserveAsync("ada"));

        Reason reason = Assert.Single(denied.Reasons);
        Assert.Equal((2, 2), (reason.Used, reason.Limit));
        Assert.Equal([own.Contact], reason.Counted);
        Assert.Equal(first + Duration.FromHours(24), denied.NextAllowedAt);
        Assert.Equal(
            "2 contacts count over everyone in the household; at most 2 are allowed in rolling 24h.", reason.Message);
    }

    [Fact]
    public async Task What_one_gives_back_another_may_take_at_once()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        string reservation = (await household.ReserveAsync("ada")).Reservation!.Id.ToString();
        Assert.False(await household.TakesAsync("ben"));

        await household.Trial.Engine.Reservations.ReleaseAsync(null, reservation, null, Cancellation);

        Assert.True(await household.TakesAsync("ben"));
        Assert.False(await household.TakesAsync("ada"));
    }

    [Fact]
    public async Task What_one_leaves_unconfirmed_frees_the_others_when_the_policy_lets_it_go()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        Instant expires = (await household.ReserveAsync("ada", channel: "phone")).Reservation!.Contact.Expires;

        Decision.Denied denied = Household.Denial(await household.ReserveAsync("ben"));

        Assert.Equal(expires, denied.NextAllowedAt);
        household.Clock.Now = expires;
        Assert.True(await household.TakesAsync("ben"));
    }

    [Fact]
    public async Task A_contact_that_was_made_is_stored_past_the_cap_and_counts_for_all()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben", "cyd");
        await household.ReserveAsync("ada");

        RecordResult recorded = await household.Trial.Throttler.RecordAsync(
            null, TrialEngine.Draft(person: "ben"), null, null, null, Cancellation);

        Assert.Equal("shared", Assert.Single(recorded.Overshoot).Rule);
        Assert.Equal(2, Household.Denial(await household.ReserveAsync("cyd")).Reasons[0].Used);
    }

    [Fact]
    public async Task Confirming_late_tells_what_the_others_have_had_meanwhile()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        string reservation = (await household.ReserveAsync("ada", channel: "phone")).Reservation!.Id.ToString();
        household.Advance(Duration.FromHours(1));
        Assert.True(await household.TakesAsync("ben"));

        ConfirmResult confirmed = await household.Trial.Engine.Reservations.ConfirmAsync(
            null, reservation, null, null, null, Cancellation);

        Assert.True(confirmed.IsLate);
        Assert.Equal("shared", Assert.Single(confirmed.Overshoot).Rule);
    }

    [Fact]
    public async Task Slots_leave_out_what_the_others_have_planned()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        Instant now = household.Clock.Now;
        Instant planned = now + Duration.FromHours(48);
        await household.Trial.Throttler.ReserveAsync(
            null, TrialEngine.Draft(person: "ada") with { PlannedAt = planned }, null, null, null, Cancellation);

        SlotsResult slots = await household.Trial.Throttler.FindSlotsAsync(
            TrialEngine.Draft(person: "ben"), null, null, 10, null, Cancellation);

        Duration day = Duration.FromHours(24);
        Duration tick = Duration.FromTicks(1);
        Assert.Equal(
            [new Interval(now, planned - day + tick), new Interval(planned + day, now + Duration.FromDays(7))],
            slots.Slots);
    }

    [Fact]
    public async Task A_request_id_gets_its_answer_again_and_counts_once_in_the_pool()
    {
        await using Household household = await Household.OfAsync(2, "ada", "ben");
        ReserveResult allowed = await household.ReserveAsync("ada", "r1");
        await household.ReserveAsync("ada", "r1");
        Assert.True(await household.TakesAsync("ben"));
        ReserveResult denied = await household.ReserveAsync("ben", "r2");

        Assert.Equal(allowed.Verdict.Id, (await household.ReserveAsync("ada", "r1")).Verdict.Id);
        Assert.Equal(denied.Verdict.Id, (await household.ReserveAsync("ben", "r2")).Verdict.Id);
        Assert.Equal(2, (await household.GetAsync()).Contacts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_callers_of_many_people_are_let_through_exactly_as_often_as_the_cap_says(bool isInProcess)
    {
        const int Limit = 7;
        await using Household household = await Household.OfAsync(Limit, Ten);
        ThrottleEngine[] engines =
        [
            await household.Trial.SecondAsync(
                records: new WatchedRecords(household.Trial.Records) { IsInProcess = isInProcess }),
            await household.Trial.SecondAsync(
                records: new WatchedRecords(household.Trial.Records) { IsInProcess = isInProcess }),
        ];

        ReserveResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => Household.ReserveAsync(engines[i % engines.Length], Ten[i % Ten.Length], $"request {i}"),
            Cancellation)));

        Assert.Equal(Limit, results.Count(static result => result.Reservation is not null));
        Assert.Equal(Limit, (await household.GetAsync()).Contacts);
    }

    [Fact]
    public async Task Many_callers_of_people_who_share_two_pools_wait_for_each_other_in_no_circle()
    {
        string[] rules =
        [
            "{ name: home, cap: 5, in: rolling 24h, pool: household }",
            "{ name: work, cap: 8, in: rolling 24h, pool: account }",
        ];
        await using Household household = await Household.OfAsync(rules, Ten);
        foreach (string person in Ten.Take(5).Append("a colleague"))
        {
            await household.JoinAsync(person, "account", "acme");
        }

        ReserveResult[] results = await Task.WhenAll(Enumerable.Range(0, 66).Select(i => Task.Run(
            () => household.ReserveAsync(i % 11 == 10 ? "a colleague" : Ten[i % 11]), Cancellation)));

        string colleague = household.Trial.Hasher.Person("a colleague").Text;
        ImmutableArray<string> let = [.. results.Where(static r => r.Reservation is not null).Select(static r =>
            r.Person.Text)];
        Assert.Equal(5, let.Count(person => person != colleague));
        Assert.InRange(let.Count(person => person == colleague), 3, 6);
        int atWork = let.Count(person => person == colleague || Ten.Take(5).Any(worker =>
            household.Trial.Hasher.Person(worker).Text == person));
        Assert.InRange(atWork, 3, 8);
    }
}
