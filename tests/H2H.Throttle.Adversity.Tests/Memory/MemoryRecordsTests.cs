using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Adversity.Tests.Memory;

public sealed class MemoryRecordsTests : RecordStoreConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => new(new MemoryTrialStore());
}
