using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Tests.Pools;

public sealed class PoolDeskTests
{
    private static CancellationToken Cancellation => TrialEngine.Cancellation;

    [Fact]
    public async Task Whoever_joins_brings_the_contacts_of_the_past_and_whoever_leaves_takes_them_along()
    {
        await using Household household = await Household.OfAsync(2, "ada");
        Assert.True(await household.TakesAsync("ben"));
        Assert.True(await household.TakesAsync("ben"));
        Assert.True(await household.AllowsAsync("ada"));

        await household.JoinAsync("ben");
        Assert.False(await household.AllowsAsync("ada"));
        await household.LeaveAsync("ben");

        Assert.True(await household.AllowsAsync("ada"));
        Assert.Equal((1, 0), (((await household.GetAsync()).People), (await household.GetAsync()).Contacts));
    }

    [Fact]
    public async Task A_pool_tells_how_many_are_in_it_and_what_they_have_had()
    {
        await using Household household = await Household.OfAsync(5, "ada", "ben");
        await household.TakesAsync("ada");
        string released = (await household.ReserveAsync("ben")).Reservation!.Id.ToString();
        await household.Trial.Engine.Reservations.ReleaseAsync(null, released, null, Cancellation);

        KnownPool pool = await household.GetAsync();

        Assert.Equal((2, 1, Household.Kind), (pool.People, pool.Contacts, pool.Membership.Kind));
        Assert.Equal(0, (await household.Trial.Engine.Pools.GetAsync("account", Household.Id, Cancellation)).People);
    }

    [Fact]
    public async Task Joining_and_leaving_twice_is_no_error_and_is_journalled_once()
    {
        await using Household household = await Household.OfAsync(1);

        Membership joined = Assert.Single(await household.JoinAsync("ada"));
        Assert.Equal([joined], await household.JoinAsync("ada"));
        Assert.Empty(await household.LeaveAsync("ada"));
        Assert.Empty(await household.LeaveAsync("ada"));

        Assert.Equal(
            ["pool_joined", "pool_left"],
            (await household.Trial.FactsAsync())
                .Where(static fact => fact.StartsWith("pool", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_join_that_is_repeated_late_does_not_undo_the_leave_after_it()
    {
        await using Household household = await Household.OfAsync(1);
        await household.JoinAsync("ada", requestId: "j");
        await household.LeaveAsync("ada", requestId: "l");

        await household.JoinAsync("ada", requestId: "j");
        Assert.Equal(0, (await household.GetAsync()).People);
        await household.JoinAsync("ada", requestId: "j again");
        await household.LeaveAsync("ada", requestId: "l");

        Assert.Equal(1, (await household.GetAsync()).People);
        Assert.True(await household.TakesAsync("ada"));
        await household.JoinAsync("ben");
        Assert.False(await household.AllowsAsync("ben"));
    }

    [Fact]
    public async Task Nobody_is_in_two_pools_of_a_kind()
    {
        await using Household household = await Household.OfAsync(1, "ada");

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => household.JoinAsync("ada", id: "another"));

        Assert.Equal(ProblemReason.PersonInOtherPool, refused.Problems[0].Reason);
        Assert.Equal("person_id", refused.Problems[0].Field);
        await household.LeaveAsync("ada");
        Assert.Single(await household.JoinAsync("ada", id: "another"));
    }

    [Fact]
    public async Task A_pool_and_a_person_have_room_for_so_many()
    {
        await using Household household = await Household.OfAsync(1);
        for (int i = 0; i < Core.People.Pool.PoolsMax; i++)
        {
            await household.JoinAsync("ada", kind: $"kind {i}");
        }

        for (int i = 0; i < PoolRecord.MembersMax; i++)
        {
            await household.JoinAsync($"person {i}");
        }

        RequestException tooManyPools = await Assert.ThrowsAsync<RequestException>(() => household.JoinAsync("ada"));
        RequestException poolFull = await Assert.ThrowsAsync<RequestException>(() => household.JoinAsync("one more"));

        Assert.Equal(ProblemReason.RecordFull, tooManyPools.Problems[0].Reason);
        Assert.Equal(ProblemReason.PoolFull, poolFull.Problems[0].Reason);
        Assert.Equal(PoolRecord.MembersMax, (await household.GetAsync()).People);
        Assert.True(await household.TakesAsync("person 0"));
        Assert.False(await household.TakesAsync("person 199"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_request_is_said_at_once()
    {
        await using Household household = await Household.OfAsync(1);

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => household.JoinAsync("", new string('k', 65), "\n"));

        Assert.Equal(
            [
                (ProblemReason.IdEmpty, "person_id"),
                (ProblemReason.IdTooLong, "kind"),
                (ProblemReason.IdMalformed, "pool_id"),
            ],
            refused.Problems.Select(static problem => (problem.Reason, problem.Field)));
    }

    [Fact]
    public async Task A_request_id_that_was_used_for_another_pool_is_refused()
    {
        await using Household household = await Household.OfAsync(1);
        await household.JoinAsync("ada", requestId: "r");

        RequestException refused = await Assert.ThrowsAsync<RequestException>(
            () => household.JoinAsync("ada", "account", "acme", "r"));

        Assert.Equal(ProblemReason.RequestIdReused, refused.Problems[0].Reason);
    }

    [Fact]
    public async Task Memberships_outlive_a_restart_and_no_id_is_stored()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        Assert.True(await household.TakesAsync("ada"));

        await household.Trial.RestartAsync();

        Assert.False(await household.TakesAsync("ben"));
        Assert.DoesNotContain(
            "elm", System.Text.Encoding.UTF8.GetString(await household.Trial.BytesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_rule_counts_over_a_pool_it_costs_no_call_to_the_store()
    {
        await using Household household = await Household.OfAsync(["{ name: own, cap: 9, in: rolling 24h }"], "ada");
        await using Household shared = await Household.OfAsync(9, "ada");
        WatchedRecords plain = new(household.Trial.Records);
        WatchedRecords pooled = new(shared.Trial.Records);
        ThrottleEngine ofPlain = await household.Trial.SecondAsync(records: plain);
        ThrottleEngine ofPooled = await shared.Trial.SecondAsync(records: pooled);
        plain.Calls.Clear();
        pooled.Calls.Clear();

        await Household.ReserveAsync(ofPlain, "ada");
        await Household.ReserveAsync(ofPooled, "in no pool");

        Assert.Equal(["load person", "save person"], plain.Calls);
        Assert.Equal(["load person", "save person"], pooled.Calls);
        pooled.Calls.Clear();
        await Household.ReserveAsync(ofPooled, "ada");
        Assert.Equal(["load person", "load pool", "load person", "save pool", "save person"], pooled.Calls);
    }
}
