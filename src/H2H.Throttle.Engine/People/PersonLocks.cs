using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.People;

/// <summary>
/// Lets the calls of this process that change one person take turns, so that they do not spoil each other's saves.
/// </summary>
/// <remarks>
/// Correctness does not need it: the store's compare-and-set does. A person nobody waits for takes no memory.
/// </remarks>
internal sealed class PersonLocks
{
    private readonly Dictionary<PersonKey, Turn> turns = [];
    private readonly Lock door = new();

    /// <summary>Waits for the person's turn; disposing ends it.</summary>
    public async ValueTask<Holder> TakeAsync(PersonKey person, CancellationToken cancellation)
    {
        Turn turn;
        lock (door)
        {
            if (!turns.TryGetValue(person, out turn!))
            {
                turn = new Turn();
                turns.Add(person, turn);
            }

            turn.Callers++;
        }

        try
        {
            await turn.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            Leave(person, turn);
            throw;
        }

        return new Holder(this, person, turn);
    }

    private void Leave(PersonKey person, Turn turn)
    {
        lock (door)
        {
            if (--turn.Callers == 0)
            {
                turns.Remove(person);
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
    internal readonly struct Holder(PersonLocks locks, PersonKey person, Turn turn) : IDisposable
    {
        public void Dispose()
        {
            turn.Gate.Release();
            locks.Leave(person, turn);
        }
    }
}
