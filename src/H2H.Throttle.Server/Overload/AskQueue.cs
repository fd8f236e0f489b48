using H2H.Throttle.Server.Errors;

namespace H2H.Throttle.Server.Overload;

/// <summary>
/// Lets so many questions be worked on at once that the store keeps up; some wait, in order, the others are refused.
/// Whatever is no question never comes here, and so waits behind no more questions than are worked on. Safe from any
/// thread.
/// </summary>
/// <remarks>
/// A question that has waited too long is refused when somebody comes or leaves, so that those after it are answered
/// while their callers still listen. Many may wait if they came at once: that passes. If some have waited for as long
/// as anybody may, without a pause, more come than can be answered, and a long queue only makes everybody wait: then it
/// is kept as short as is answered quickly. That a queue is judged by how long it has been there, not by how long it
/// is, is from Nichols and Jacobson, "Controlling Queue Delay" (ACM Queue 10/5, 2012). It recovers by itself: there is
/// nothing to it but what is here now.
/// </remarks>
internal sealed class AskQueue(ServerOptions options, TimeProvider clock, ILogger<AskQueue> log)
{
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> waiting = new();
    private readonly TimeSpan waitMax = TimeSpan.FromMilliseconds(options.AskWaitMaxMs);
    private readonly TimeSpan overloadWait = TimeSpan.FromMilliseconds(options.OverloadWaitMs);
    private readonly AnswerRate rate = new(clock);
    private int working;
    private int waitingAsks;
    private long waitingSince;   // without a pause, those who may be refused
    private int refused;
    private long turnedAway;
    private long keptWaiting;
    private long? lastTold;

    /// <summary>Whether who comes now may have to wait, or be refused.</summary>
    public bool IsBusy => Volatile.Read(ref working) >= options.AsksAtOnceMax;

    /// <summary>How many are worked on.</summary>
    public int Working => Volatile.Read(ref working);

    /// <summary>How many wait who may be refused.</summary>
    public int Waiting => Volatile.Read(ref waitingAsks);

    /// <summary>How many were refused since the start because too many waited already.</summary>
    public long TurnedAway => Volatile.Read(ref turnedAway);

    /// <summary>How many were refused since the start because they had waited too long.</summary>
    public long KeptWaiting => Volatile.Read(ref keptWaiting);

    /// <summary>Whether a question that comes now is refused; if so, it has been.</summary>
    public bool TurnsAway()
    {
        lock (gate)
        {
            RefuseLate();
            return !MayWork(1) && !MayWait(1) && TurnAway(1);
        }
    }

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
            if (MayWork(asks))
            {
                working += asks;
                return Task.CompletedTask;
            }

            if (!isPatient && !MayWait(asks))
            {
                TurnAway(asks);
                return Task.FromException(CallErrors.Overloaded());
            }

            return WaitAsync(Add(new Waiter(asks, isPatient, clock.GetTimestamp())), cancellation);
        }
    }

    /// <summary>So many are answered.</summary>
    public void Leave(int asks)
    {
        lock (gate)
        {
            working -= asks;
            rate.Add(asks);
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

    private bool MayWork(int asks) => waiting.Count == 0 && Fits(asks);

    // Together with nobody else even a batch larger than the bound may wait.
    private bool MayWait(int asks) =>
        options.AsksWaitingMax > 0 && (waitingAsks == 0 || waitingAsks + asks <= Room());

    private double Room() => clock.GetElapsedTime(waitingSince) <= waitMax
        ? options.AsksWaitingMax
        : double.Min(options.AsksWaitingMax, rate.PerSecond() * overloadWait.TotalSeconds);

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

    private bool TurnAway(int asks)
    {
        turnedAway += asks;
        Tell(asks);
        return true;
    }

    private LinkedListNode<Waiter> Add(Waiter waiter)
    {
        if (!waiter.IsPatient)
        {
            if (waitingAsks == 0)
            {
                waitingSince = waiter.Since;
                rate.Begin();
            }

            waitingAsks += waiter.Asks;
        }

        return waiting.AddLast(waiter);
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
