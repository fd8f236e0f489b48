using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Sqlite.Tests.Journals;

public sealed class SqliteJournalTests : JournalConformance
{
    protected override ValueTask<ITrialStore> StartAsync() =>
        new(new SqliteTrialStore(new SqliteOptions().CacheBytesMax));
}
