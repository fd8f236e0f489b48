using System.Threading.Channels;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;

namespace H2H.Throttle.Redis.Journals;

/// <summary>Appends what the callers of this process ask for, as much at once as has gathered.</summary>
/// <remarks>
/// Only processes get into each other's way then, and each try that loses brings the head that the next needs. An
/// append whose answer was lost is repeated, too: a fact that went in is recognized by its id.
/// </remarks>
internal sealed class Appender(Link link, KeySpace keys, Arrivals arrivals)
{
    private const int QueueMax = 16_384;
    private const int BatchFactsMax = 256;
    private const int TriesMax = 64;

    private readonly Channel<PendingAppend> queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Head head = Head.Empty;
    private volatile bool closed;
    private Task working = Task.CompletedTask;

    public void Start() => working = Task.Run(WorkAsync);

    /// <exception cref="StoreException">Too many wait.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public void Enqueue(PendingAppend append)
    {
        if (!queue.Writer.TryWrite(append))
        {
            ObjectDisposedException.ThrowIf(closed, typeof(RedisStore));
            throw Failures.Overloaded();
        }
    }

    /// <summary>Refuses what comes, and finishes what waits.</summary>
    public async Task CloseAsync()
    {
        closed = true;
        queue.Writer.TryComplete();
        await working;
    }

    private async Task WorkAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            List<PendingAppend> batch = TakeBatch();
            try
            {
                IReadOnlyDictionary<string, long> positions = await AppendAsync(batch);
                batch.ForEach(append => append.Succeed(positions));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                batch.ForEach(append => append.Fail(error));
            }
        }
    }

    private List<PendingAppend> TakeBatch()
    {
        List<PendingAppend> batch = [];
        int facts = 0;
        while (facts < BatchFactsMax && queue.Reader.TryRead(out PendingAppend? append))
        {
            if (append.IsGivenUp)
            {
                append.Fail(new OperationCanceledException());
                continue;
            }

            batch.Add(append);
            facts += append.Facts.Count;
        }

        return batch;
    }

    /// <summary>Where each fact of the batch is.</summary>
    private async ValueTask<IReadOnlyDictionary<string, long>> AppendAsync(List<PendingAppend> batch)
    {
        Dictionary<string, long> positions = new(StringComparer.Ordinal);
        List<JournalFact> missing =
            [.. batch.SelectMany(static append => append.Facts).DistinctBy(static fact => fact.Id)];
        for (int tries = 0; tries < TriesMax && missing.Count > 0; tries++)
        {
            switch (await TryAsync(missing))
            {
                case AppendAnswer.Appended appended:
                    for (int index = 0; index < missing.Count; index++)
                    {
                        positions[missing[index].Id] = appended.Head.Position - missing.Count + 1 + index;
                    }

                    head = appended.Head;
                    missing.Clear();
                    break;
                case AppendAnswer.Refused refused:
                    head = refused.Head;
                    missing = WithoutKnown(missing, refused, positions);
                    break;
            }
        }

        arrivals.Announce(head.Position);
        return missing.Count == 0 ? positions : throw Failures.Contended();
    }

    private async ValueTask<AppendAnswer> TryAsync(List<JournalFact> facts)
    {
        try
        {
            return await AskAsync(facts);
        }
        catch (StoreException error) when (error.Failure == StoreFailure.Unavailable)
        {
            return await AskAsync(facts);
        }
    }

    private ValueTask<AppendAnswer> AskAsync(List<JournalFact> facts) => link.AskAsync(
        (keys, head, facts),
        static (database, asked) => AppendScript.RunAsync(database, asked.keys, asked.head, asked.facts),
        CancellationToken.None);

    private static List<JournalFact> WithoutKnown(
        List<JournalFact> facts, AppendAnswer.Refused refused, Dictionary<string, long> positions)
    {
        List<JournalFact> missing = [];
        for (int index = 0; index < facts.Count; index++)
        {
            if (refused.Positions[index] is { } position)
            {
                positions[facts[index].Id] = position;
            }
            else
            {
                missing.Add(facts[index]);
            }
        }

        return missing;
    }
}
