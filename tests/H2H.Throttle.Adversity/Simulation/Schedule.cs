namespace H2H.Throttle.Adversity.Simulation;

/// <summary>
/// Decides by its seed who is next among all that wait. Everything runs on the one thread that calls
/// <see cref="Run"/>, so that one seed gives one history.
/// </summary>
/// <remarks>That thread has no synchronization context, so that whoever is next runs at once.</remarks>
internal sealed class Schedule(int seed)
{
    private const double PatienceEnds = 0.02;

    private readonly Random dice = new(seed);
    private readonly List<Action> waiting = [];
    private readonly List<Action> patient = [];

    /// <summary>Whether something of this likelihood happens now.</summary>
    public bool Happens(double chance) => dice.NextDouble() < chance;

    /// <summary>0 up to, but not including, <paramref name="end"/>.</summary>
    public int Below(int end) => dice.Next(end);

    public T OneOf<T>(IReadOnlyList<T> all) => all[dice.Next(all.Count)];

    /// <summary>Ends when it is the caller's turn; others go before, as many as the dice say.</summary>
    public Task TurnAsync()
    {
        TaskCompletionSource turn = new();
        waiting.Add(turn.SetResult);
        return turn.Task;
    }

    /// <summary>Does this at some time, seldom soon, and at the latest when nobody waits for a turn any more.</summary>
    public void Patiently(Action action) => patient.Add(action);

    /// <summary>Gives turns until nobody waits for one.</summary>
    public void Run()
    {
        while (waiting.Count + patient.Count > 0)
        {
            bool isPatienceOver = waiting.Count == 0 || (patient.Count > 0 && Happens(PatienceEnds));
            List<Action> from = isPatienceOver ? patient : waiting;
            int place = dice.Next(from.Count);
            Action next = from[place];
            from[place] = from[^1];
            from.RemoveAt(from.Count - 1);
            next();
        }
    }
}
