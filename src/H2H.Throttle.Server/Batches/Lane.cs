namespace H2H.Throttle.Server.Batches;

/// <summary>Items that wait to be answered together: one adds, one takes.</summary>
internal sealed class Lane<TItem>
{
    private readonly Lock gate = new();
    private readonly Queue<TItem> waiting = new();
    private TaskCompletionSource? taker;
    private bool isComplete;

    /// <summary>Adds one; whoever takes is not woken yet.</summary>
    public void Add(TItem item)
    {
        lock (gate)
        {
            waiting.Enqueue(item);
        }
    }

    /// <summary>Wakes whoever waits for items, if there are some.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (waiting.Count > 0 || isComplete)
            {
                taker?.TrySetResult();
                taker = null;
            }
        }
    }

    /// <summary>No more will be added.</summary>
    public void Complete()
    {
        lock (gate)
        {
            isComplete = true;
        }

        Wake();
    }

    /// <summary>Moves what waits into an empty round; false: there will be no more.</summary>
    public async ValueTask<bool> TakeAsync(List<TItem> round, int max, CancellationToken cancellation)
    {
        while (true)
        {
            Task come;
            lock (gate)
            {
                while (round.Count < max && waiting.TryDequeue(out TItem? item))
                {
                    round.Add(item);
                }

                if (round.Count > 0 || isComplete)
                {
                    return round.Count > 0;
                }

                taker = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                come = taker.Task;
            }

            await come.WaitAsync(cancellation);
        }
    }
}
