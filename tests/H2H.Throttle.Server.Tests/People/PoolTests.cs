using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.People;

public sealed class PoolTests(ReplayServer server) : IClassFixture<ReplayServer>, IAsyncLifetime
{
    private const string Household = "household";

    private const string Policy = """
        policy: shared
        zone: UTC
        channels: [email, sms, phone]
        purposes: { marketing: {} }
        rules: [{ name: home, cap: 1, in: rolling 24h, pool: household }]
        """;

    private readonly string ann = NewPerson();
    private readonly string bob = NewPerson();
    private readonly string home = $"home-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync() =>
        await server.Policies.PublishPolicyAsync(new() { Document = Policy }, TestServer.Call);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task People_who_are_put_into_a_pool_share_its_limit_until_they_are_taken_out()
    {
        await JoinAsync(ann);
        JoinPoolResponse joined = await JoinAsync(bob);
        ReserveResponse first = await server.Throttle.ReserveAsync(Reserve(ann, At(9)), TestServer.Call);
        ReserveResponse second = await server.Throttle.ReserveAsync(Reserve(bob, At(10)), TestServer.Call);
        GetPoolResponse pool = await server.People.GetPoolAsync(
            new() { Kind = Household, PoolId = home }, TestServer.Call);
        LeavePoolResponse left = await server.People.LeavePoolAsync(
            new() { PersonId = bob, Kind = Household, PoolId = home, At = At(11) }, TestServer.Call);
        ReserveResponse third = await server.Throttle.ReserveAsync(Reserve(bob, At(12)), TestServer.Call);

        Assert.Equal(Verdict.Allow, first.Decision.Verdict);
        Reason reason = Assert.Single(second.Decision.Reasons);
        Assert.Equal(("home", 1, 1), (reason.Rule, reason.Used, reason.Limit));
        Assert.Empty(reason.Counted);
        Assert.Equal(At(9 + 24), second.Decision.NextAllowedAt);
        PoolMembership membership = Assert.Single(joined.Pools);
        Assert.Equal(
            new Pool { Kind = Household, PoolKey = membership.PoolKey, People = 2, Contacts = 1 }, pool.Pool);
        Assert.Empty(left.Pools);
        Assert.Equal(Verdict.Allow, third.Decision.Verdict);
    }

    [Fact]
    public async Task A_person_shows_the_pools_they_are_in_but_not_their_ids()
    {
        await JoinAsync(ann);
        await JoinAsync(ann, "account");

        GetPersonResponse known = await server.People.GetPersonAsync(new() { PersonId = ann }, TestServer.Call);

        Assert.Equal(["account", Household], known.Person.Pools.Select(static pool => pool.Kind));
        Assert.DoesNotContain(home, known.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_pool_of_the_same_kind_is_refused_and_so_are_empty_words()
    {
        await JoinAsync(ann);

        Refusal other = await Refusal.OfAsync(server.People.JoinPoolAsync(
            new() { PersonId = ann, Kind = Household, PoolId = "another", At = At(9) }, TestServer.Call));
        Refusal empty = await Refusal.OfAsync(server.People.LeavePoolAsync(new() { At = At(9) }, TestServer.Call));

        Assert.Equal("PERSON_IN_OTHER_POOL", other.Reason);
        Assert.Equal(
            ["kind ID_EMPTY", "person_id ID_EMPTY", "pool_id ID_EMPTY"],
            empty.Violations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pool_that_is_full_says_so_until_somebody_leaves_and_all_share_its_limit()
    {
        string[] people = [.. Enumerable.Range(0, 200).Select(static _ => NewPerson())];
        foreach (string person in people)
        {
            await JoinAsync(person);
        }

        Refusal full = await Refusal.OfAsync(server.People.JoinPoolAsync(
            new() { PersonId = ann, Kind = Household, PoolId = home, At = At(9) }, TestServer.Call));
        ReserveResponse first = await server.Throttle.ReserveAsync(Reserve(people[0], At(9)), TestServer.Call);
        ReserveResponse last = await server.Throttle.ReserveAsync(Reserve(people[^1], At(10)), TestServer.Call);
        await server.People.LeavePoolAsync(
            new() { PersonId = people[7], Kind = Household, PoolId = home, At = At(11) }, TestServer.Call);
        JoinPoolResponse joined = await JoinAsync(ann);

        Assert.Equal(("POOL_FULL", "pool_id"), (full.Reason, full.Field));
        Assert.Contains("200 people, the most it can; take somebody out of it", full.Message, StringComparison.Ordinal);
        Assert.Equal((Verdict.Allow, Verdict.Deny), (first.Decision.Verdict, last.Decision.Verdict));
        Assert.Equal(Household, Assert.Single(joined.Pools).Kind);
    }

    private async Task<JoinPoolResponse> JoinAsync(string person, string kind = Household) =>
        await server.People.JoinPoolAsync(
            new() { RequestId = NewRequest(), PersonId = person, Kind = kind, PoolId = home, At = At(8) },
            TestServer.Call);
}
