using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Merging;

public sealed class ClusteredMergeTests(SharedCluster cluster) : MergeConformance, IClassFixture<SharedCluster>
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(cluster.Addresses);
}
