using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Runs what is scheduled on threads of its own, and on the thread pool what these cannot take.</summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly object gate = new();
    private readonly Queue<(Action<object?> Run, object? State)> queue = new();
    private readonly int queueMax;
    private bool disposed;
    private int available;
    private long servicedByQueue;
    private long servicedByPool;

    /// <param name="name">Of the threads.</param>
    /// <param name="workerCount">How many threads.</param>
    /// <param name="useThreadPoolQueueLength">With so much waiting, the thread pool takes what comes.</param>
    /// <param name="priority">Of the threads.</param>
    public DedicatedThreadPoolPipeScheduler(
        string? name = null,
        int workerCount = 5,
        int useThreadPoolQueueLength = 10,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        queueMax = useThreadPoolQueueLength;
        WorkerCount = workerCount;
        for (int number = 0; number < workerCount; number++)
        {
            new Thread(Work) { Name = $"{name}:{number}", Priority = priority, IsBackground = true }.Start();
        }
    }

    public int WorkerCount { get; }

    /// <summary>How many of the threads have nothing to do.</summary>
    public int AvailableCount => Volatile.Read(ref available);

    public long TotalServicedByQueue => Interlocked.Read(ref servicedByQueue);

    public long TotalServicedByPool => Interlocked.Read(ref servicedByPool);

    public override void Schedule(Action<object?> action, object? state)
    {
        lock (gate)
        {
            if (!disposed && queue.Count < queueMax)
            {
                queue.Enqueue((action, state));
                Monitor.Pulse(gate);
                return;
            }
        }

        Interlocked.Increment(ref servicedByPool);
        ThreadPool.Schedule(action, state);
    }

    /// <summary>The threads finish what waits and end; what is scheduled afterwards runs on the thread pool.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Monitor.PulseAll(gate);
        }
    }

    private void Work()
    {
        while (TryTake(out (Action<object?> Run, object? State) next))
        {
            Interlocked.Increment(ref servicedByQueue);
            next.Run(next.State);
        }
    }

    /// <summary>Waits for work; false once disposed and nothing is left.</summary>
    private bool TryTake(out (Action<object?> Run, object? State) next)
    {
        lock (gate)
        {
            available++;
            while (queue.Count == 0 && !disposed)
            {
                Monitor.Wait(gate);
            }

            available--;
            return queue.TryDequeue(out next);
        }
    }
}
