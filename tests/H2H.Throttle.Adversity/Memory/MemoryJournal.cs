using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Adversity.Memory;

/// <summary>A journal in memory.</summary>
internal sealed class MemoryJournal(MemoryDisk disk) : IJournal, IDisposable
{
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isClosed;

    public ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
        {
            throw new ArgumentException("There is nothing to append.", nameof(facts));
        }

        cancellation.ThrowIfCancellationRequested();
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            foreach (JournalFact fact in facts)
            {
                if (disk.Positions.TryAdd(fact.Id, disk.Entries.Count + 1))
                {
                    ReadOnlyMemory<byte> last = disk.Entries is [.., { } entry] ? entry.Hash : JournalChain.Root;
                    disk.Entries.Add(new JournalEntry(disk.Entries.Count + 1, fact, JournalChain.Next(last, fact)));
                }
            }

            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(disk.Positions[facts[^1].Id]);
        }
    }

    public ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(long position, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, IJournal.ReadMax);
        cancellation.ThrowIfCancellationRequested();
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            return new([.. disk.Entries.Skip((int)Math.Min(position, disk.Entries.Count)).Take(max)]);
        }
    }

    public ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (disk.Gate)
        {
            ObjectDisposedException.ThrowIf(isClosed, this);
            return new(disk.Entries is [.., { } last] ? last : null);
        }
    }

    public async IAsyncEnumerable<JournalEntry> WatchAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task arrival;
            lock (disk.Gate)
            {
                arrival = changed.Task;
            }

            foreach (JournalEntry entry in await ReadAsync(position, IJournal.ReadMax, cancellation))
            {
                position = entry.Position;
                yield return entry;
                arrival = Task.CompletedTask;
            }

            await arrival.WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        lock (disk.Gate)
        {
            isClosed = true;
            changed.TrySetResult();
        }
    }
}
