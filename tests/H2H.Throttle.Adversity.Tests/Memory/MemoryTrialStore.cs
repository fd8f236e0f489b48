using H2H.Throttle.Adversity.Memory;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Testing;
using H2H.Throttle.Testing.Conformance;
using NodaTime;

namespace H2H.Throttle.Adversity.Tests.Memory;

/// <summary>A store in memory on a clock moved by hand.</summary>
internal sealed class MemoryTrialStore : ITrialStore
{
    private readonly ManualClock clock = new(Instant.FromUtc(2026, 3, 2, 9, 0));
    private readonly MemoryDisk disk = new();
    private MemoryStore store;

    public MemoryTrialStore() => store = new MemoryStore(disk, clock);

    public IRecordStore Records => new YieldingRecords(store.Records);

    public IJournal Journal => store.Journal;

    public Instant Now => clock.Now;

    public Duration ShortLife { get; } = Duration.FromMinutes(10);

    public ValueTask AdvanceAsync(Duration by)
    {
        clock.Advance(by);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReopenAsync()
    {
        store.Dispose();
        store = new MemoryStore(disk, clock);
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => CloseAsync();
}
