using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Records;

/// <summary>On a file of an earlier version, which keeps its records in the order of their keys.</summary>
public sealed class EarlierLayoutSqliteRecordStoreTests : RecordStoreConformance
{
    protected override async ValueTask<ITrialStore> StartAsync() =>
        await new SqliteTrialStore(cacheBytesMax: 0).InEarlierLayoutAsync();
}
