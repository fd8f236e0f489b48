using System.Net.Http.Json;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Pools;

public sealed class PoolCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    [Fact]
    public async Task People_join_a_pool_are_counted_in_it_and_leave_it()
    {
        (await server.AskAsync("pool", "join", "household", "elm 12", "ann", "--request-id", "r")).With(exit: 0);
        Ended joined = await server.AskAsync("pool", "join", "household", "elm 12", "bob", "--json");
        (await server.AskAsync("record", "ann", "--channel", "email", "--purpose", "marketing")).With(exit: 0);

        string key = JoinPoolResponse.Parser.ParseJson(joined.With(exit: 0).Output).Pools[0].PoolKey;
        Assert.Equal(
            ["people      2", "contacts    1", $"key         {key}"],
            (await server.AskAsync("pool", "show", "household", "elm 12")).With(exit: 0).Lines);
        Assert.Contains(
            $"in a pool   household  {key}", (await server.AskAsync("person", "get", "bob")).With(exit: 0).Lines);
        Assert.Equal(
            ["in no pool"], (await server.AskAsync("pool", "leave", "household", "elm 12", "bob")).With(exit: 0).Lines);
    }

    [Fact]
    public async Task Somebody_who_is_in_another_pool_of_the_kind_is_refused()
    {
        (await server.AskAsync("pool", "join", "account", "acme", "cyd")).With(exit: 0);

        Ended refused = await server.AskAsync("pool", "join", "account", "bolt", "cyd");

        Assert.NotEqual(0, refused.Exit);
        refused.Complains("take them out of it with LeavePool first");
    }

    [Fact]
    public async Task A_full_pool_is_refused_with_the_mend()
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://{server.HttpAddress}") };
        for (int i = 0; i < 200; i++)
        {
            using HttpResponseMessage joined = await http.PostAsJsonAsync(
                "h2h.throttle.v1.PersonService/JoinPool",
                new { personId = $"worker {i}", kind = "company", poolId = "acme" },
                TestContext.Current.CancellationToken);
            joined.EnsureSuccessStatusCode();
        }

        Ended refused = await server.AskAsync("pool", "join", "company", "acme", "one more");

        Assert.NotEqual(0, refused.Exit);
        refused.Complains("200 people, the most it can; take somebody out of it first");
    }
}
