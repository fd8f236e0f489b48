using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Records;

/// <summary>With room for about one record a shard, so that records come and go all the time.</summary>
public sealed class TightlyCachedSqliteRecordStoreTests : RecordStoreConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => new(new SqliteTrialStore(cacheBytesMax: 64 * 400));
}
