using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Merging;

public sealed class SqliteMergeTests : MergeConformance
{
    protected override ValueTask<ITrialStore> StartAsync() =>
        new(new SqliteTrialStore(new SqliteOptions().CacheBytesMax));
}
