using H2H.Throttle.Redis.Tests.Servers;
using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Redis.Tests.Journals;

/// <summary>A journal whose parts are full so soon that everything happens across their borders.</summary>
public sealed class PartedJournalTests(SharedRedis redis) : JournalConformance
{
    public const int Entries = 3;

    protected override ValueTask<ITrialStore> StartAsync() => RedisTrialStore.StartAsync(redis.Address, Entries);
}
