using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>The journal of a store: a stream, which all servers append to and each of them can watch.</summary>
internal sealed class RedisJournal : IJournal
{
    private const int ReadStep = 64;   // the longest facts then come as 4 MB at a time

    private readonly Link link;
    private readonly KeySpace keys;
    private readonly Arrivals arrivals;
    private readonly Appender appender;
    private readonly TimeSpan poll;
    private readonly TimeProvider clock;

    public RedisJournal(Link link, KeySpace keys, Arrivals arrivals, TimeSpan poll, TimeProvider clock)
    {
        (this.link, this.keys, this.arrivals, this.poll, this.clock) = (link, keys, arrivals, poll, clock);
        appender = new Appender(link, keys, arrivals);
    }

    public void Start()
    {
        link.Listen(keys.JournalChannel, told =>
        {
            if (told.TryParse(out long position))
            {
                arrivals.Announce(position);
            }
        });
        appender.Start();
    }

    public Task CloseAsync() => appender.CloseAsync();

    public async ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
        {
            throw new ArgumentException("There is no fact to append.", nameof(facts));
        }

        cancellation.ThrowIfCancellationRequested();
        PendingAppend append = new([.. facts], cancellation);
        appender.Enqueue(append);
        return await link.BoundAsync(append.Done, cancellation);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        long position, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, IJournal.ReadMax);
        List<JournalEntry> entries = [];
        while (entries.Count < max)
        {
            long after = entries.Count == 0 ? position : entries[^1].Position;
            JournalEntry[] step = await ReadStepAsync(after, int.Min(ReadStep, max - entries.Count), cancellation);
            if (step.Length == 0)
            {
                break;
            }

            entries.AddRange(step);
        }

        return entries;
    }

    public async IAsyncEnumerable<JournalEntry> WatchAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task grown = arrivals.Next;   // taken before the read: what arrives in between is not slept through
            JournalEntry[] step = await ReadStepAsync(position, ReadStep, cancellation);
            foreach (JournalEntry entry in step)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return entry;
                position = entry.Position;
            }

            if (step.Length == 0)
            {
                await WaitAsync(grown, cancellation);
            }
        }
    }

    /// <summary>Until the journal has grown, or it is time to look whether a notice of that was lost.</summary>
    private async Task WaitAsync(Task grown, CancellationToken cancellation)
    {
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await await Task.WhenAny(grown, Task.Delay(poll, clock, waited.Token));
        await waited.CancelAsync();
    }

    private async ValueTask<JournalEntry[]> ReadStepAsync(long after, int max, CancellationToken cancellation)
    {
        StreamEntry[] entries = after == long.MaxValue ? [] : await link.AskAsync(
            (keys.JournalEntries, From: $"{after + 1}-0", max),
            static (database, asked) => database.StreamRangeAsync(asked.JournalEntries, asked.From, "+", asked.max),
            cancellation);
        return [.. entries.Select(EntryFormat.Read)];
    }
}
