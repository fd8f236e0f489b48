using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Journals;

public sealed class ClusteredPartedJournalTests(SharedCluster cluster)
    : JournalConformance, IClassFixture<SharedCluster>
{
    protected override ValueTask<ITrialStore> StartAsync() =>
        RedisTrialStore.StartAsync(cluster.Addresses, PartedJournalTests.Entries);
}
