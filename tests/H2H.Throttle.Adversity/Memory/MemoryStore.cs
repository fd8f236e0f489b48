using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Adversity.Memory;

/// <summary>Both ports in memory: nothing survives the process, and every call ends before it returns.</summary>
/// <param name="disk">Outlives the store.</param>
/// <param name="clock">By which records expire.</param>
internal sealed class MemoryStore(MemoryDisk disk, TimeProvider clock) : IDisposable
{
    private readonly MemoryRecords records = new(disk, clock);
    private readonly MemoryJournal journal = new(disk);

    public IRecordStore Records => records;

    public IJournal Journal => journal;

    /// <summary>Refuses further calls; the disk stays.</summary>
    public void Dispose()
    {
        records.Dispose();
        journal.Dispose();
    }
}
