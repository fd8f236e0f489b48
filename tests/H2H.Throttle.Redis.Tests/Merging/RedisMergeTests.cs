using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Merging;

public sealed class RedisMergeTests(SharedRedis redis) : MergeConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(redis.Address);
}
