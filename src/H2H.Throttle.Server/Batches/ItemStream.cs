using Google.Protobuf;

namespace H2H.Throttle.Server.Batches;

/// <summary>
/// Answers a stream of items: gathers what has come while others were answered, and answers that together.
/// </summary>
/// <remarks>
/// Items go to lanes by their person, so that those of one person stay in order while a lane waits for the store and
/// another decides. No more is read while <see cref="InFlightMax"/> items are unanswered, and no lane goes on while its
/// answers are not taken: a slow reader slows everything before it, and what is held does not grow.
/// </remarks>
/// <param name="personOf">Whose the item is; null or empty: nobody's, which is a mistake of the caller's.</param>
/// <param name="answer">Answers items, each and in order.</param>
/// <param name="write">Sends answers; is called by one at a time.</param>
internal sealed class ItemStream<TItem, TResult>(
    Func<TItem, string?> personOf,
    Func<IReadOnlyList<TItem>, CancellationToken, ValueTask<TResult[]>> answer,
    Func<ArraySegment<TResult>, CancellationToken, Task> write)
    where TResult : class, IMessage
{
    /// <summary>How many unanswered items keep a stream from being read; one more message may then be there.</summary>
    public const int InFlightMax = 4000;

    private const int Lanes = 4;
    private const int RoundMax = 500;
    private const int ResponseBytesMax = 256 * 1024;   // many clients take 4 MiB at most

    private readonly Lane<TItem>[] lanes = [.. Enumerable.Range(0, Lanes).Select(static _ => new Lane<TItem>())];
    private readonly Room room = new(InFlightMax);
    private readonly SemaphoreSlim writing = new(1, 1);

    /// <summary>Returns when all is answered.</summary>
    /// <param name="next">The next message's items; null: there are no more.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="Exception">What <paramref name="next"/> throws, after what came before is answered.</exception>
    public async Task RunAsync(
        Func<CancellationToken, Task<IReadOnlyList<TItem>?>> next, CancellationToken cancellation)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken ended = ending.Token;
        Func<Task> end = ending.CancelAsync;
        Task[] answering = [.. lanes.Select(lane => AnswerAsync(lane, end, ended))];
        try
        {
            await ReadAsync(next, ended);
        }
        finally
        {
            Array.ForEach(lanes, static lane => lane.Complete());
            await FirstFailureAsync(answering);
        }
    }

    private async Task ReadAsync(
        Func<CancellationToken, Task<IReadOnlyList<TItem>?>> next, CancellationToken cancellation)
    {
        while (await next(cancellation) is { } items)
        {
            room.Take(items.Count);
            foreach (TItem item in items)
            {
                int lane = (int)((uint)(personOf(item)?.GetHashCode(StringComparison.Ordinal) ?? 0) % Lanes);
                lanes[lane].Add(item);
            }

            Array.ForEach(lanes, static lane => lane.Wake());
            await room.WaitAsync(cancellation);
        }
    }

    private async Task AnswerAsync(Lane<TItem> lane, Func<Task> end, CancellationToken ended)
    {
        try
        {
            List<TItem> round = new(RoundMax);
            while (await lane.TakeAsync(round, RoundMax, ended))
            {
                await WriteAsync(await answer(round, ended), ended);
                room.Give(round.Count);
                round.Clear();
            }
        }
        catch
        {
            await end();   // what the others do is of no use any more
            throw;
        }
    }

    private async Task WriteAsync(TResult[] results, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            int start = 0;
            for (int bytes = 0, end = 1; end <= results.Length; end++)
            {
                bytes += results[end - 1].CalculateSize();
                if (bytes >= ResponseBytesMax || end == results.Length)
                {
                    await write(new ArraySegment<TResult>(results, start, end - start), cancellation);
                    (start, bytes) = (end, 0);
                }
            }
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Waits for all; of several failures the one that is no consequence of another.</summary>
    private static async Task FirstFailureAsync(Task[] answering)
    {
        try
        {
            await Task.WhenAll(answering);
        }
        catch (OperationCanceledException)
        {
            Task? failed = Array.Find(answering, static task => task.IsFaulted);
            await (failed ?? Task.FromCanceled(new CancellationToken(canceled: true)));
        }
    }
}
