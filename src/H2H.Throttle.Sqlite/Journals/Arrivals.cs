namespace H2H.Throttle.Sqlite.Journals;

/// <summary>Wakes those who watch the journal when it has grown. Safe from any thread.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = Make();
    private long last;
    private bool closed;

    /// <summary>
    /// Ends when the journal grows after this was read, or when the store is disposed: then it fails so.
    /// </summary>
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

    /// <summary>The journal reaches up to <paramref name="position"/>, committed.</summary>
    public void Announce(long position)
    {
        lock (gate)
        {
            if (position == last)
            {
                return;
            }

            last = position;
            if (!closed)
            {
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
                next.SetException(new ObjectDisposedException(nameof(SqliteStore)));
                _ = next.Task.Exception;   // seen, even if nobody watches
            }
        }
    }

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
