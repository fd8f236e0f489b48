using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Records;

public sealed class UncachedSqliteRecordStoreTests : RecordStoreConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => new(new SqliteTrialStore(cacheBytesMax: 0));
}
