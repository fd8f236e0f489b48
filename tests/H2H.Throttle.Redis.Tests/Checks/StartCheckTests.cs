using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Checks;
using H2H.Throttle.Testing.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace H2H.Throttle.Redis.Tests.Checks;

public sealed class StartCheckTests
{
    private const int HangMs = 60_000;

    [Fact(Timeout = HangMs)]
    public async Task A_bare_Redis_is_used_and_what_it_lacks_is_said_with_its_mend()
    {
        await using RedisServer server = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");

        ImmutableArray<Finding> findings = await OpenAsync(server);

        Assert.Collection(
            findings.Order(Comparer<Finding>.Create(static (a, b) => string.CompareOrdinal(a.Mend, b.Mend))),
            static replica => Assert.Contains("no replica", replica.What, StringComparison.Ordinal),
            static disk => Assert.Contains("keeps nothing on disk", disk.What, StringComparison.Ordinal),
            static eviction => Assert.Contains("evicts by allkeys-lru", eviction.What, StringComparison.Ordinal));
        Assert.All(findings, finding =>
        {
            Assert.False(finding.IsUnfit);
            Assert.Contains(server.Address, finding.What, StringComparison.Ordinal);
        });
    }

    [Fact(Timeout = HangMs)]
    public async Task A_Redis_with_a_replica_that_writes_everything_lacks_nothing()
    {
        await using RedisServer server = await RedisServer.StartAsync(
            "--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0");
        await using RedisServer replica =
            await RedisServer.ReplicaOfAsync(server, TestContext.Current.CancellationToken);

        Assert.Empty(await OpenAsync(server));
    }

    [Theory]
    [InlineData("everysec", "acknowledged in one")]
    [InlineData("no", "leaves it to the system")]
    public async Task A_Redis_that_writes_late_is_told_of(string appendfsync, string says)
    {
        await using RedisServer server =
            await RedisServer.StartAsync("--appendonly", "yes", "--appendfsync", appendfsync);

        Assert.Contains(
            await OpenAsync(server), finding => finding.What.Contains(says, StringComparison.Ordinal));
    }

    [Fact(Timeout = HangMs)]
    public async Task A_clock_that_differs_is_told_of()
    {
        await using RedisServer server = await RedisServer.StartAsync();

        ImmutableArray<Finding> findings = await OpenAsync(server, new LateClock());

        Assert.Contains(findings, static finding =>
            finding.What.Contains("is 60.", StringComparison.Ordinal)
            && finding.What.Contains("s ahead", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("6.0.16", true)]
    [InlineData("6.2.0", false)]
    [InlineData("7.2.4", false)]
    [InlineData("8.0", false)]
    public void A_version_without_the_commands_needed_is_refused(string version, bool isRefused)
    {
        ServerState state = new(
            "127.0.0.1:1",
            new Dictionary<string, string>
            {
                ["redis_version"] = version, ["aof_enabled"] = "1", ["maxmemory_policy"] = "noeviction",
                ["connected_slaves"] = "1",
            },
            new Dictionary<string, string>(),
            Duration.Zero);

        ImmutableArray<Finding> findings = [.. StartCheck.Judge(state)];

        if (isRefused)
        {
            StoreException refused = Assert.Throws<StoreException>(() => StartCheck.RefuseIfUnfit(findings));
            Assert.Contains("Use 6.2 or later", refused.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(findings);
            StartCheck.RefuseIfUnfit(findings);
        }
    }

    private static async Task<ImmutableArray<Finding>> OpenAsync(RedisServer server, TimeProvider? clock = null)
    {
        await using RedisStore store = await RedisStore.OpenAsync(
            RedisTrialStore.OptionsFor(server.Address), clock ?? TimeProvider.System, NullLoggerFactory.Instance);
        return store.Findings;
    }

    /// <summary>A minute behind; otherwise the system's.</summary>
    private sealed class LateClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - TimeSpan.FromMinutes(1);
    }
}
