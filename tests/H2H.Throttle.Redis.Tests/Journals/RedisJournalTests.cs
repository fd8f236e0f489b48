using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Journals;

public sealed class RedisJournalTests(SharedRedis redis) : JournalConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(redis.Address);
}
