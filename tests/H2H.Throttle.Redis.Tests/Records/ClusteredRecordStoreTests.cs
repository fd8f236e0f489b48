using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Records;

public sealed class ClusteredRecordStoreTests(SharedCluster cluster)
    : RecordStoreConformance, IClassFixture<SharedCluster>
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(cluster.Addresses);
}
