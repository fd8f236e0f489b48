using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Redis.Connections;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Journals;

/// <summary>The journal of a store: streams, which all servers append to and each of them can watch.</summary>
internal sealed class RedisJournal : IJournal
{
    private const int ReadStep = 64;   // the longest facts then come as 4 MB at a time

    private readonly Link link;
    private readonly KeySpace keys;
    private readonly Arrivals arrivals;
    private readonly Parts parts;
    private readonly Appender appender;
    private readonly TimeSpan poll;
    private readonly TimeProvider clock;

    public RedisJournal(Link link, KeySpace keys, Arrivals arrivals, TimeSpan poll, TimeProvider clock)
    {
        (this.link, this.keys, this.arrivals, this.poll, this.clock) = (link, keys, arrivals, poll, clock);
        parts = new Parts(link, keys);
        appender = new Appender(link, keys, parts, new OlderFacts(link, keys), arrivals, clock);
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

    public async ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation)
    {
        await parts.LookAsync(cancellation);
        for (int part = parts.Full.Length; part >= 0; part--)
        {
            StreamEntry[] last = await link.AskAsync(
                keys.JournalEntriesOf(part),
                static (database, key) => database.StreamRangeAsync(key, count: 2, messageOrder: Order.Descending),
                cancellation);
            if (Array.FindIndex(last, static entry => !EntryFormat.IsMark(entry)) is >= 0 and int index)
            {
                return EntryFormat.Read(last[index]);
            }
        }

        return null;
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
        while (after < long.MaxValue)
        {
            ImmutableArray<FullPart> full = parts.Full;
            int part = Parts.Holding(full, after);
            JournalEntry[] entries = await ReadPartAsync(part, after, max, cancellation);
            if (entries.Length > 0)
            {
                return entries;
            }

            if (part < full.Length)
            {
                after = full[part].Head.Position;   // a failover lost the end of this part
            }
            else if (!await parts.LookAsync(cancellation))
            {
                break;
            }
        }

        return [];
    }

    private async ValueTask<JournalEntry[]> ReadPartAsync(
        int part, long after, int max, CancellationToken cancellation)
    {
        StreamEntry[] entries = await link.AskAsync(
            (Key: keys.JournalEntriesOf(part), From: $"{after + 1}-0", max),
            static (database, asked) => database.StreamRangeAsync(asked.Key, asked.From, "+", asked.max),
            cancellation);
        return [.. entries.Where(static entry => !EntryFormat.IsMark(entry)).Select(EntryFormat.Read)];
    }
}
