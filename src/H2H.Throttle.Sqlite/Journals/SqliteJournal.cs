using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Sqlite.Reading;
using H2H.Throttle.Sqlite.Writing;

namespace H2H.Throttle.Sqlite.Journals;

/// <summary>The journal of a store: read at once, appended to with the next commit.</summary>
internal sealed class SqliteJournal(Readers readers, Writer writer, Arrivals arrivals) : IJournal
{
    public async ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
        {
            throw new ArgumentException("There is no fact to append.", nameof(facts));
        }

        cancellation.ThrowIfCancellationRequested();
        PendingAppend append = new([.. facts], cancellation);
        writer.Enqueue(append);
        return await append.WaitAsync();
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        long position, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, IJournal.ReadMax);
        return await ReadPageAsync(position, max, cancellation);
    }

    public ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation) =>
        readers.ReadAsync(0, static (reader, _) => reader.LastEntry(), cancellation);

    public async IAsyncEnumerable<JournalEntry> WatchAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task grown = arrivals.Next;   // taken before the read: what arrives in between is not slept through
            List<JournalEntry> page = await ReadPageAsync(position, IJournal.ReadMax, cancellation);
            foreach (JournalEntry entry in page)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return entry;
                position = entry.Position;
            }

            if (page.Count == 0)
            {
                await grown.WaitAsync(cancellation);
            }
        }
    }

    private ValueTask<List<JournalEntry>> ReadPageAsync(long position, int max, CancellationToken cancellation) =>
        readers.ReadAsync(
            (position, max), static (reader, ask) => reader.Entries(ask.position, ask.max), cancellation);
}
