namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Lines that were asked about and have no verdict yet. Safe from any thread; one waits.</summary>
internal sealed class PendingLines(int max)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<long, AudienceLine> waiting = [];
    private readonly List<AudienceLine> unanswered = [];
    private TaskCompletionSource? waiter;

    /// <summary>Whether there are any.</summary>
    public bool Any
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }

    /// <summary>All, in the order of the file. Whatever was left unanswered is among them.</summary>
    public IReadOnlyList<AudienceLine> All()
    {
        lock (gate)
        {
            unanswered.Clear();
            return [.. waiting.Values];
        }
    }

    public void Add(IReadOnlyList<AudienceLine> lines)
    {
        lock (gate)
        {
            foreach (AudienceLine line in lines)
            {
                waiting.Add(line.Number, line);
            }
        }
    }

    /// <summary>The line, which has its verdict; null: it was answered before.</summary>
    public AudienceLine? Take(long number)
    {
        lock (gate)
        {
            return waiting.Remove(number, out AudienceLine? line) ? line : null;
        }
    }

    /// <summary>The line has to be asked about again.</summary>
    public void Leave(long number)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(number, out AudienceLine? line))
            {
                unanswered.Add(line);
            }
        }
    }

    public List<AudienceLine> TakeUnanswered()
    {
        lock (gate)
        {
            List<AudienceLine> again = [.. unanswered];
            unanswered.Clear();
            return again;
        }
    }

    /// <summary>Whoever waits looks again.</summary>
    public void Wake()
    {
        lock (gate)
        {
            waiter?.TrySetResult();
            waiter = null;
        }
    }

    /// <summary>Waits until more may be asked; false: first something has to be asked again.</summary>
    public async Task<bool> RoomAsync(CancellationToken cancellation)
    {
        while (NextLook(() => waiting.Count < max || unanswered.Count > 0) is { } look)
        {
            await look.WaitAsync(cancellation);
        }

        lock (gate)
        {
            return waiting.Count < max;
        }
    }

    /// <summary>Waits until something has to be asked again; false: everything has its verdict.</summary>
    public async Task<bool> SomeAsync(CancellationToken cancellation)
    {
        while (NextLook(() => waiting.Count == 0 || unanswered.Count > 0) is { } look)
        {
            await look.WaitAsync(cancellation);
        }

        lock (gate)
        {
            return waiting.Count > 0;
        }
    }

    /// <summary>When to look again; null: it is so.</summary>
    private Task? NextLook(Func<bool> isSo)
    {
        lock (gate)
        {
            if (isSo())
            {
                return null;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }
}
