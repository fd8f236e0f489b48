namespace H2H.Throttle.Engine.Records;

/// <summary>
/// Lets the calls of this process that change one thing take turns, so that they do not spoil each other's saves.
/// </summary>
/// <remarks>
/// Correctness does not need it: the store's compare-and-set does. What nobody waits for takes no memory. Whoever needs
/// several takes pools before people, and pools in the order of their keys, or does not wait, so that nobody waits in a
/// circle.
/// </remarks>
internal sealed class Turns<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Turn> turns = [];
    private readonly Lock door = new();

    /// <summary>Waits for the turn; disposing ends it.</summary>
    public async ValueTask<Holder> TakeAsync(TKey key, CancellationToken cancellation)
    {
        Turn turn;
        lock (door)
        {
            if (!turns.TryGetValue(key, out turn!))
            {
                turn = new Turn();
                turns.Add(key, turn);
            }

            turn.Callers++;
        }

        try
        {
            await turn.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            Leave(key, turn);
            throw;
        }

        return new Holder(this, key, turn);
    }

    /// <summary>Takes the turn if it is nobody's; disposing ends it.</summary>
    public bool TryTake(TKey key, out Holder holder)
    {
        lock (door)
        {
            if (turns.ContainsKey(key))
            {
                holder = default;
                return false;
            }

            Turn turn = new() { Callers = 1 };
            turn.Gate.Wait();   // nobody else knows of it yet
            turns.Add(key, turn);
            holder = new Holder(this, key, turn);
            return true;
        }
    }

    private void Leave(TKey key, Turn turn)
    {
        lock (door)
        {
            if (--turn.Callers == 0)
            {
                turns.Remove(key);
                turn.Gate.Dispose();
            }
        }
    }

    internal sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Callers { get; set; }
    }

    /// <summary>A turn that is held.</summary>
    internal readonly struct Holder(Turns<TKey> turns, TKey key, Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Gate.Release();
            turns.Leave(key, turn);
        }
    }
}
