using System.Collections.Immutable;
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
internal sealed class Appender(
    Link link, KeySpace keys, Parts parts, OlderFacts older, Arrivals arrivals, TimeProvider clock)
{
    private const int QueueMax = 16_384;
    private const int BatchFactsMax = 256;
    private const int TriesMax = 64;
    private const int TriesBeforeTurn = 8;
    private const int TurnMs = 100;
    private static readonly TimeSpan TurnPause = TimeSpan.FromMilliseconds(2);

    private readonly Channel<PendingAppend> queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(QueueMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly string name = $"{Guid.NewGuid():N}";
    private Head head = Head.Empty;
    private Head? begins;
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
        ImmutableArray<FullPart> searched = [];
        if (begins is null)
        {
            await LookAsync();
        }

        for (int tries = 0; tries < TriesMax && missing.Count > 0; tries++)
        {
            // A part that is full changes no more, so what is not in it now never will be.
            ImmutableArray<FullPart> full = parts.Full;
            if (full != searched)
            {
                long?[] found = await RepeatAsync(() => older.FindAsync(missing, full));
                missing = Without(missing, index => found[index], positions);
                searched = full;
            }

            if (missing.Count > 0)
            {
                missing = await TryAsync(missing, full, tries, positions);
            }
        }

        arrivals.Announce(head.Position);
        return missing.Count == 0 ? positions : throw Failures.Contended();
    }

    /// <summary>Those that are not there yet.</summary>
    private async ValueTask<List<JournalFact>> TryAsync(
        List<JournalFact> facts, ImmutableArray<FullPart> full, int tries, Dictionary<string, long> positions)
    {
        Head start = Parts.BaseOf(full);
        bool mayBegin = ReferenceEquals(head, begins) && ReferenceEquals(head, start);
        Place place = new(full.Length, head, start.Position + keys.JournalPartEntries, mayBegin);
        Turn turn = new(name, tries < TriesBeforeTurn ? 0 : TurnMs);
        AppendAnswer answer = await RepeatAsync(() => link.AskAsync(
            (keys, place, turn, facts),
            static (database, asked) =>
                AppendScript.RunAsync(database, asked.keys, asked.place, asked.turn, asked.facts),
            CancellationToken.None));
        if (answer is AppendAnswer.Appended appended)
        {
            head = appended.Head;
            return Without(
                facts, index => appended.Head.Position - facts.Count + 1 + index, positions);
        }

        AppendAnswer.Refused refused = (AppendAnswer.Refused)answer;
        head = refused.Head;
        if (refused.State is not PartState.Open)
        {
            await LookAsync();
        }
        else if (refused.MustWait)
        {
            await Task.Delay(TurnPause, clock);
        }

        return Without(facts, index => refused.Positions[index], positions);
    }

    /// <summary>
    /// Looks where the journal goes on; where nothing is yet, it may be begun upon what was seen there.
    /// </summary>
    private async ValueTask LookAsync()
    {
        await RepeatAsync(() => parts.LookAsync(CancellationToken.None));
        head = begins = Parts.BaseOf(parts.Full);
    }

    /// <summary>Once more if it is not known what became of it.</summary>
    private static async ValueTask<T> RepeatAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (StoreException error) when (error.Failure == StoreFailure.Unavailable)
        {
            return await ask();
        }
    }

    private static List<JournalFact> Without(
        List<JournalFact> facts, Func<int, long?> find, Dictionary<string, long> positions)
    {
        List<JournalFact> missing = [];
        for (int index = 0; index < facts.Count; index++)
        {
            if (find(index) is { } position)
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
