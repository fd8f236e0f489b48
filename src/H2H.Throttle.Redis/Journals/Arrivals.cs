namespace H2H.Throttle.Redis.Journals;

/// <summary>Wakes those who watch the journal when it has grown, by whichever server. Safe from any thread.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = Make();
    private long last;
    private bool closed;

    /// <summary>Ends when the journal grows after this was read; fails when the store is closed.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    /// <summary>The journal reaches, or has at some time reached, up to <paramref name="position"/>.</summary>
    public void Announce(long position)
    {
        lock (gate)
        {
            if (position != last && !closed)
            {
                last = position;
                next.SetResult();
                next = Make();
            }
        }
    }

    public void Close()
    {
        lock (gate)
        {
            if (!closed)
            {
                closed = true;
                next.SetException(new ObjectDisposedException(nameof(RedisStore)));
                _ = next.Task.Exception;   // seen, even if nobody watches
            }
        }
    }

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
