namespace H2H.Throttle.Server.Batches;

/// <summary>How much is under way, and a wait for when it is less again: one takes, many give.</summary>
/// <param name="max">From how much on there is to be waited.</param>
internal sealed class Room(int max)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private int taken;

    public void Take(int count)
    {
        lock (gate)
        {
            taken += count;
        }
    }

    public void Give(int count)
    {
        lock (gate)
        {
            taken -= count;
            if (taken < max)
            {
                waiter?.TrySetResult();
                waiter = null;
            }
        }
    }

    /// <summary>Waits until less is under way than the most.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (taken < max)
            {
                return Task.CompletedTask;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task.WaitAsync(cancellation);
        }
    }
}
