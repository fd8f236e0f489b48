using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Files;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>Writes waiting for the writer, in order. Bounded: what does not fit is refused at once.</summary>
/// <remarks>
/// Refusing beats waiting: the caller has a deadline, and knows better than a queue what to do with it.
/// </remarks>
internal sealed class WriteQueue(string path, int countMax, long bytesMax)
{
    private readonly object gate = new();
    private readonly Queue<IPendingWrite> waiting = new();
    private long waitingBytes;
    private bool closed;

    /// <exception cref="StoreException">The queue is full.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Enqueue(IPendingWrite write)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
            bool fits = waiting.Count == 0
                || (waiting.Count < countMax && waitingBytes + write.Bytes <= bytesMax);
            if (!fits)
            {
                throw Failures.Overloaded(path);
            }

            waiting.Enqueue(write);
            waitingBytes += write.Bytes;
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>
    /// Moves writes into an empty batch, which stays empty only if told not to wait. False once closed and empty.
    /// </summary>
    public bool Take(List<IPendingWrite> batch, int batchMax, long batchBytesMax, bool wait)
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !closed && wait)
            {
                Monitor.Wait(gate);
            }

            if (waiting.Count == 0 && closed)
            {
                return false;
            }

            long batchBytes = 0;
            while (batch.Count < batchMax && waiting.TryPeek(out IPendingWrite? next))
            {
                batchBytes += next.Bytes;
                if (batch.Count > 0 && batchBytes > batchBytesMax)
                {
                    break;
                }

                waiting.Dequeue();
                waitingBytes -= next.Bytes;
                batch.Add(next);
            }

            return true;
        }
    }

    /// <summary>Takes no more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }
}
