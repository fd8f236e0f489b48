using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Records;

public sealed class SqliteRecordStoreTests : RecordStoreConformance
{
    protected override ValueTask<ITrialStore> StartAsync() =>
        new(new SqliteTrialStore(new SqliteOptions().CacheBytesMax));
}
