namespace H2H.Throttle.Engine.Archives;

/// <summary>How far a transfer is. Safe to read from any thread.</summary>
public sealed class TransferTally
{
    private long records;
    private long entries;

    /// <summary>Records dealt with.</summary>
    public long Records => Interlocked.Read(ref records);

    /// <summary>Entries of the journal dealt with.</summary>
    public long Entries => Interlocked.Read(ref entries);

    internal void AddRecord() => Interlocked.Increment(ref records);

    internal void AddEntries(int count) => Interlocked.Add(ref entries, count);
}
