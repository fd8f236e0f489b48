namespace H2H.Throttle.Redis.Connections;

/// <summary>Counts the calls that run, so that closing refuses new ones and waits for the others.</summary>
internal sealed class Passage
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private bool closed;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Enter()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(RedisStore));
            running++;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            running--;
            if (closed && running == 0)
            {
                drained.TrySetResult();
            }
        }
    }

    /// <summary>Ends when the last call has left.</summary>
    public Task CloseAsync()
    {
        lock (gate)
        {
            closed = true;
            if (running == 0)
            {
                drained.TrySetResult();
            }
        }

        return drained.Task;
    }
}
