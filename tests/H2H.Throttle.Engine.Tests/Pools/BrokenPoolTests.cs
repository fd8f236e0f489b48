using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Pools;

/// <summary>What goes wrong between the save of a pool and the save of a person.</summary>
public sealed class BrokenPoolTests
{
    private static readonly StoreException LineCut = new(StoreFailure.Unavailable, "The line was cut.");

    [Fact]
    public async Task A_call_that_dies_between_the_saves_counts_until_its_time_is_over_and_no_longer()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        (ThrottleEngine dying, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = static key => key.Kind == "person" ? Task.FromException(LineCut) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => Household.ReserveAsync(dying, "ada"));

        Assert.False(await household.TakesAsync("ben"));
        household.Advance(PoolClaim.Life - Duration.FromTicks(1));
        Assert.False(await household.TakesAsync("ben"));
        household.Advance(Duration.FromTicks(1));

        Assert.True(await household.AllowsAsync("ben"));
        Assert.True(await household.TakesAsync("ben"));
        Assert.Equal(1, (await household.GetAsync()).Contacts);
    }

    [Fact]
    public async Task Whoever_asks_again_after_dying_between_the_saves_is_not_in_ones_own_way()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        (ThrottleEngine dying, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = static key => key.Kind == "person" ? Task.FromException(LineCut) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => Household.ReserveAsync(dying, "ada", "r1"));

        Assert.NotNull((await household.ReserveAsync("ada", "r1")).Reservation);

        Assert.Equal(1, (await household.GetAsync()).Contacts);
        Assert.False(await household.TakesAsync("ben"));
    }

    [Theory]
    [InlineData("pool")]
    [InlineData("person")]
    public async Task An_answer_that_is_lost_is_given_again_and_counts_once(string lost)
    {
        await using Household household = await Household.OfAsync(2, "ada", "ben");
        (ThrottleEngine dying, WatchedRecords records) = await EngineAsync(household);
        records.AfterSave = key => key.Kind == lost ? Task.FromException(LineCut) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => Household.ReserveAsync(dying, "ada", "r1"));

        Assert.NotNull((await household.ReserveAsync("ada", "r1")).Reservation);

        Assert.Equal(1, (await household.GetAsync()).Contacts);
        Assert.True(await household.TakesAsync("ben"));
        Assert.False(await household.TakesAsync("ben"));
    }

    [Fact]
    public async Task A_call_that_sleeps_between_the_saves_cannot_come_back_past_the_cap()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        (ThrottleEngine sleepy, WatchedRecords records) = await EngineAsync(household);
        TaskCompletionSource asleep = new();
        TaskCompletionSource awake = new();
        records.BeforeSave = key =>
        {
            asleep.TrySetResult();
            return key.Kind == "person" ? awake.Task : Task.CompletedTask;
        };
        Task<ReserveResult> sleeping = Household.ReserveAsync(sleepy, "ada");
        await asleep.Task;
        household.Advance(PoolClaim.Life);

        Assert.True(await household.TakesAsync("ben"));
        awake.SetResult();

        Assert.Equal("shared", Household.Denial(await sleeping).Reasons[0].Rule);
        Assert.Equal(1, (await household.GetAsync()).Contacts);
    }

    [Fact]
    public async Task A_contact_that_is_denied_after_all_is_given_back_in_the_pool()
    {
        string[] rules =
        [
            "{ name: own, cap: 1, in: rolling 24h }",
            "{ name: shared, cap: 2, in: rolling 24h, pool: household }",
        ];
        await using Household household = await Household.OfAsync(rules, "ada", "ben");
        (ThrottleEngine slower, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = async key =>
        {
            if (key.Kind == "person")
            {
                records.BeforeSave = static _ => Task.CompletedTask;
                Assert.True(await household.TakesAsync("ada"));
            }
        };

        ReserveResult result = await Household.ReserveAsync(slower, "ada");

        Assert.Equal("own", Household.Denial(result).Reasons[0].Rule);
        Assert.True(await household.TakesAsync("ben"));
        Assert.Equal(2, (await household.GetAsync()).Contacts);
    }

    [Fact]
    public async Task A_claim_that_is_given_back_frees_its_place_before_its_time()
    {
        string[] rules =
        [
            "{ name: own, cap: 1, in: rolling 24h, counting: { channel: phone } }",
            "{ name: shared, cap: 1, in: rolling 24h, counting: { channel: email }, pool: household }",
        ];
        await using Household household = await Household.OfAsync(rules, "ada", "ben");
        (ThrottleEngine slower, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = async key =>
        {
            if (key.Kind == "person")
            {
                records.BeforeSave = static _ => Task.CompletedTask;
                Assert.NotNull((await household.ReserveAsync("ada", channel: "phone")).Reservation);
            }
        };

        Assert.Null((await Household.ReserveAsync(slower, "ada")).Reservation);

        Assert.True(await household.TakesAsync("ben"));
    }

    [Fact]
    public async Task Somebody_who_joins_while_a_contact_is_being_reserved_is_judged_with_the_pool()
    {
        await using Household household = await Household.OfAsync(1, "ada");
        (ThrottleEngine slower, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = async key =>
        {
            if (key.Kind == "person")
            {
                records.BeforeSave = static _ => Task.CompletedTask;
                await household.JoinAsync("ben");
                Assert.True(await household.TakesAsync("ada"));
            }
        };

        ReserveResult result = await Household.ReserveAsync(slower, "ben");

        Assert.Equal("shared", Household.Denial(result).Reasons[0].Rule);
    }

    [Fact]
    public async Task Somebody_who_leaves_while_a_contact_is_being_reserved_is_judged_alone()
    {
        await using Household household = await Household.OfAsync(1, "ada", "ben");
        (ThrottleEngine slower, WatchedRecords records) = await EngineAsync(household);
        records.BeforeSave = async key =>
        {
            if (key.Kind == "person")
            {
                records.BeforeSave = static _ => Task.CompletedTask;
                await household.LeaveAsync("ben");
                Assert.True(await household.TakesAsync("ada"));
            }
        };

        ReserveResult result = await Household.ReserveAsync(slower, "ben");

        Assert.NotNull(result.Reservation);
        Assert.Equal(1, (await household.GetAsync()).Contacts);
    }

    private static async Task<(ThrottleEngine Engine, WatchedRecords Records)> EngineAsync(Household household)
    {
        WatchedRecords records = new(household.Trial.Records);
        return (await household.Trial.SecondAsync(records: records), records);
    }
}
