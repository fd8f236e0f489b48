using H2H.Throttle.Testing.Conformance;

namespace H2H.Throttle.Adversity.Tests.Memory;

public sealed class MemoryJournalTests : JournalConformance
{
    protected override ValueTask<ITrialStore> StartAsync() => new(new MemoryTrialStore());
}
