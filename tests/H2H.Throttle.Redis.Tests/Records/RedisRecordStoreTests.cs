using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Records;

public sealed class RedisRecordStoreTests(SharedRedis redis) : RecordStoreConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(redis.Address);
}
