using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Overload;

/// <summary>
/// Lets so many questions be worked on at once that the store keeps up; some wait, in order, the others are refused.
/// Whatever is no question never comes here, and so waits behind no more questions than are worked on. Safe from any
/// thread.
/// </summary>
/// <remarks>
/// A question that has waited too long is refused when somebody comes or leaves, so that those after it are answered
/// while their callers still listen. It recovers by itself: there is nothing to it but what is here now.
/// </remarks>
internal sealed class AskQueue(ServerOptions options, TimeProvider clock, ILogger<AskQueue> log)
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = new();
    private readonly TimeSpan waitMax = TimeSpan.FromMilliseconds(options.AskWaitMaxMs);
    private int working;
    private int waitingAsks;
    private int refused;
    private long turnedAway;
    private long keptWaiting;
    private long? lastTold;

    /// <summary>How many are worked on.</summary>
    public int Working => Volatile.Read(ref working);

    /// <summary>How many wait who may be refused.</summary>
    public int Waiting => Volatile.Read(ref waitingAsks);

    /// <summary>How many were refused since the start because too many waited already.</summary>
    public long TurnedAway => Volatile.Read(ref turnedAway);

    /// <summary>How many were refused since the start because they had waited too long.</summary>
    public long KeptWaiting => Volatile.Read(ref keptWaiting);

    /// <summary>Waits for the turn of questions that come together; <see cref="Leave"/> must follow.</summary>
    /// <param name="asks">How many; more than there is room for are let in alone.</param>
    /// <param name="isPatient">They are never refused: whoever sends them waits as well.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RefusedException">There are too many; <see cref="Leave"/> must not follow.</exception>
    public Task EnterAsync(int asks, bool isPatient, CancellationToken cancellation)
    {
        lock (gate)
        {
            RefuseLate();
            if (waiting.Count == 0 && Fits(asks))
            {
                working += asks;
                return Task.CompletedTask;
            }

            if (!isPatient && !MayWait(asks))
            {
                turnedAway += asks;
                Tell(asks);
                return Task.FromException(CallErrors.Overloaded());
            }

            LinkedListNode<Waiter> waiter = waiting.AddLast(new Waiter(asks, isPatient, clock.GetTimestamp()));
            waitingAsks += isPatient ? 0 : asks;
            return WaitAsync(waiter, cancellation);
        }
    }

    /// <summary>So many are answered.</summary>
    public void Leave(int asks)
    {
        lock (gate)
        {
            working -= asks;
            LetIn();
        }
    }

    private async Task WaitAsync(LinkedListNode<Waiter> waiter, CancellationToken cancellation)
    {
        using CancellationTokenRegistration leaving = cancellation.Register(() => GiveUp(waiter, cancellation));
        await waiter.Value.Turn;
    }

    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiter.List is not null)
            {
                Remove(waiter).Cancel(cancellation);
                LetIn();
            }
        }
    }

    // Together with nobody else even a batch larger than the bound may wait.
    private bool MayWait(int asks) =>
        options.AsksWaitingMax > 0 && (waitingAsks == 0 || waitingAsks + asks <= options.AsksWaitingMax);

    private bool Fits(int asks) => working == 0 || working + asks <= options.AsksAtOnceMax;

    private void LetIn()
    {
        RefuseLate();
        while (waiting.First is { } first && Fits(first.Value.Asks))
        {
            working += first.Value.Asks;
            Remove(first).LetIn();
            RefuseLate();
        }
    }

    private void RefuseLate()
    {
        while (waiting.First is { Value.IsPatient: false } first && clock.GetElapsedTime(first.Value.Since) > waitMax)
        {
            keptWaiting += first.Value.Asks;
            Tell(first.Value.Asks);
            Remove(first).Refuse(CallErrors.Overloaded());
        }
    }

    private Waiter Remove(LinkedListNode<Waiter> waiter)
    {
        waiting.Remove(waiter);
        waitingAsks -= waiter.Value.IsPatient ? 0 : waiter.Value.Asks;
        return waiter.Value;
    }

    private void Tell(int asks)
    {
        refused += asks;
        if (lastTold is not { } before || clock.GetElapsedTime(before) > Told)
        {
            log.Overloaded(refused, options.AsksAtOnceMax);
            (refused, lastTold) = (0, clock.GetTimestamp());
        }
    }
}
