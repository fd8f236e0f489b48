using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Redis.Connections;

/// <summary>
/// Asks together what many ask at the same time: one message to Redis instead of one for each. Safe from any thread.
/// </summary>
/// <remarks>
/// Nobody waits for others to come. The first question goes out at once; what comes while <see cref="UnderWayMax"/>
/// messages are under way goes with the next one, as TCP does it by Nagle's algorithm (RFC 896). So a lone caller has
/// no delay, and a thousand callers cost Redis and its client little more than ten.
/// </remarks>
/// <param name="ask">
/// Asks them together, in their order; answers for each, or throws for all. It is told when the first of them came.
/// </param>
/// <param name="piece">How many go together at most.</param>
/// <param name="clock">Tells when they come, by its timestamps.</param>
internal sealed class Gathering<TQuestion, TAnswer>(
    Func<TQuestion[], long, Task<StoreAnswer<TAnswer>[]>> ask, int piece, TimeProvider clock)
    where TAnswer : class
{
    private const int UnderWayMax = 4;   // while some are answered others are on their way

    private readonly Lock gate = new();
    private readonly Queue<Asked> waiting = new();
    private int underWay;

    /// <exception cref="StoreException">It was not answered.</exception>
    public Task<TAnswer> AskAsync(TQuestion question, CancellationToken cancellation)
    {
        Asked asked = new(question, clock.GetTimestamp());
        asked.LeaveOn(cancellation);
        bool isFirst;
        lock (gate)
        {
            waiting.Enqueue(asked);
            isFirst = underWay < UnderWayMax;
            underWay += isFirst ? 1 : 0;
        }

        if (isFirst)
        {
            _ = WorkAsync();
        }

        return asked.Task;
    }

    /// <summary>Never fails, so that whatever goes wrong nobody waits for ever.</summary>
    private async Task WorkAsync()
    {
        while (Take() is { Length: > 0 } round)
        {
            Task answering = AnswerAsync(round);
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!answering.IsCompletedSuccessfully)
            {
                Exception error = answering.Exception?.InnerException ?? new TaskCanceledException(answering);
                Array.ForEach(round, one => one.Fail(error));
            }
        }
    }

    private async Task AnswerAsync(Asked[] round)
    {
        StoreAnswer<TAnswer>[] answers = await ask(
            Array.ConvertAll(round, static one => one.Question), round[0].Since);
        for (int i = 0; i < round.Length; i++)
        {
            round[i].End(answers[i]);
        }
    }

    /// <summary>What goes next; none, and one less is under way.</summary>
    private Asked[] Take()
    {
        lock (gate)
        {
            Asked[] round = new Asked[Math.Min(waiting.Count, piece)];
            for (int i = 0; i < round.Length; i++)
            {
                round[i] = waiting.Dequeue();
            }

            underWay -= round.Length == 0 ? 1 : 0;
            return round;
        }
    }

    private sealed class Asked(TQuestion question, long since)
        : TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration leaving;

        public TQuestion Question => question;

        public long Since => since;

        /// <summary>Whoever asked waits no longer than that; what was asked is answered all the same.</summary>
        public void LeaveOn(CancellationToken cancellation) => leaving = cancellation.UnsafeRegister(
            static (asked, cancellation) => ((Asked)asked!).TrySetCanceled(cancellation), this);

        public void End(StoreAnswer<TAnswer> answer)
        {
            if (answer.Failure is { } failure)
            {
                Fail(failure);
            }
            else
            {
                leaving.Unregister();
                TrySetResult(answer.Value!);
            }
        }

        public void Fail(Exception error)
        {
            leaving.Unregister();
            TrySetException(error);
            _ = Task.Exception;   // seen, even if whoever asked has left
        }
    }
}
