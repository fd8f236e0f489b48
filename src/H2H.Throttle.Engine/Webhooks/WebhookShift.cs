using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>
/// Sends for one webhook, event by event in the order of the journal, while it is this server's turn.
/// </summary>
/// <remarks>
/// An event is done with when the receiver took it or it was tried as often as it may be; only then comes the next.
/// What was sent and not noted when a server ends is sent again, with the same id.
/// </remarks>
internal sealed class WebhookShift : IAsyncDisposable
{
    private static readonly Duration StoreRest = Duration.FromSeconds(1);

    private readonly WebhookTurn turn;
    private readonly IJournal journal;
    private readonly WebhookTools tools;
    private readonly CancellationTokenSource ending;
    private readonly Task work;
    private volatile TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile WebhookOrder order;
    private volatile JournalEntry? waiting;

    private WebhookShift(
        WebhookTurn turn,
        WebhookOrder order,
        IJournal journal,
        WebhookTools tools,
        CancellationToken cancellation)
    {
        (this.turn, this.order, this.journal, this.tools) = (turn, order, journal, tools);
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        work = WorkAsync();
    }

    /// <summary>The turn is over, whoever ended it.</summary>
    public bool IsOver => work.IsCompleted;

    public string Name => order.Webhook.Name;

    /// <summary>How long the event that is to be sent now has waited; zero if there is none.</summary>
    public Duration LagAt(Instant now) =>
        waiting is { } entry ? Duration.Max(now - entry.Fact.At, Duration.Zero) : Duration.Zero;

    public static WebhookShift Begin(
        WebhookTurn turn, WebhookOrder order, IJournal journal, WebhookTools tools, CancellationToken cancellation) =>
        new(turn, order, journal, tools, cancellation);

    /// <summary>Goes by another order from the next try on; what waits for its next try is tried at once.</summary>
    public void Follow(WebhookShelfRecord.Entry webhook)
    {
        if (order.Webhook != webhook)
        {
            order = new WebhookOrder(webhook);
            Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>Ends the turn, and leaves it to whoever wants it.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(false);
        ending.Dispose();
        turn.Dispose();
    }

    /// <summary>Ends when the turn is lost, or nobody wants it to go on; throws nothing.</summary>
    private async Task WorkAsync()
    {
        Task beating = Task.CompletedTask;
        try
        {
            await Task.Yield();
            beating = BeatAsync();
            await SendAllAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Somebody ended it, or it was lost.
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            tools.Log.Broke(bug, Name);   // it is begun again with the next look, and keeps nobody else from working
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            try
            {
                JournalWatch watch = new(journal, turn.Progress.Position, tools.Time, ending.Token);
                await using (watch.ConfigureAwait(false))
                {
                    while (true)
                    {
                        if (await watch.NextAsync(tools.Plan.Takeover.ToTimeSpan()).ConfigureAwait(false) is { } entry)
                        {
                            await SendAsync(entry).ConfigureAwait(false);
                        }
                    }
                }
            }
            catch (Exception failure) when (failure is StoreException or RequestException)
            {
                tools.Log.StoreFailed(Name, failure.Message);
                await WaitAsync(StoreRest, changed.Task).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends when there is no more to do about this event.</summary>
    private async Task SendAsync(JournalEntry entry)
    {
        if (!order.Wants(entry.Fact))
        {
            turn.Note(progress => progress with { Position = entry.Position });
            return;
        }

        waiting = entry;
        WebhookEvent told = WebhookEvent.Of(entry);
        bool isDone = false;
        Task change = changed.Task;
        while (!isDone)
        {
            await WaitForTryAsync(change).ConfigureAwait(false);
            change = changed.Task;   // what changes from now on, this try may not have gone by
            Carried carried = await tools.CarryAsync(order, told, ending.Token).ConfigureAwait(false);
            isDone = carried switch
            {
                Carried.Taken => await TakenAsync(entry).ConfigureAwait(false),
                Carried.Gone => await GoneAsync().ConfigureAwait(false),
                Carried.Failed failed => await FailedAsync(entry, failed).ConfigureAwait(false),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }

        waiting = null;
    }

    private async Task WaitForTryAsync(Task change)
    {
        if (turn.Progress.NextTryAt is { } next)
        {
            await WaitAsync(Instant.FromUnixTimeTicks(next) - tools.Now, change).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TakenAsync(JournalEntry entry)
    {
        if (turn.Progress.Failures > 0)
        {
            tools.Log.Back(Name, turn.Progress.Failures);
        }

        await KeepAsync(progress => progress with
        {
            Position = entry.Position,
            Tries = 0,
            Failures = 0,
            FailingSince = null,
            NextTryAt = null,
            Why = null,
            LastSentAt = tools.Now.ToUnixTimeTicks(),
        }).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> GoneAsync()
    {
        await KeepAsync(static progress => progress with { Why = "The receiver is gone: HTTP 410." })
            .ConfigureAwait(false);
        await tools.StopAsync(order.Webhook, ending.Token).ConfigureAwait(false);
        throw new OperationCanceledException();
    }

    private async ValueTask<bool> FailedAsync(JournalEntry entry, Carried.Failed failed)
    {
        Instant now = tools.Now;
        int tries = turn.Progress.Tries + 1;
        int failures = turn.Progress.Failures + 1;
        Duration pause = tools.PauseAfter(failures, failed.RetryAfter);
        bool isDead = tries >= tools.Plan.TriesMax;
        if (isDead)
        {
            await tools.BuryAsync(order.Webhook, entry, tries, failed.Why, ending.Token).ConfigureAwait(false);
        }

        if (failures == 1)
        {
            tools.Log.Failing(Name, entry.Position, failed.Why);
        }

        await KeepAsync(progress => progress with
        {
            Position = isDead ? entry.Position : progress.Position,
            Tries = isDead ? 0 : tries,
            Failures = failures,
            FailingSince = progress.FailingSince ?? now.ToUnixTimeTicks(),
            NextTryAt = (now + pause).ToUnixTimeTicks(),
            Why = failed.Why,
        }).ConfigureAwait(false);
        return isDead;
    }

    /// <exception cref="OperationCanceledException">The turn is lost.</exception>
    private async Task KeepAsync(Func<WebhookProgress, WebhookProgress> change)
    {
        if (!await turn.SaveAsync(change, ending.Token).ConfigureAwait(false))
        {
            tools.Log.TurnLost(Name);
            throw new OperationCanceledException();
        }
    }

    /// <summary>Shows the other servers that this one is alive; ends the turn if it cannot.</summary>
    private async Task BeatAsync()
    {
        long shown = tools.Time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(tools.Plan.Beat.ToTimeSpan(), tools.Time, ending.Token).ConfigureAwait(false);
                try
                {
                    if (!await turn.BeatAsync(ending.Token).ConfigureAwait(false))
                    {
                        tools.Log.TurnLost(Name);
                        break;
                    }

                    shown = tools.Time.GetTimestamp();
                }
                catch (StoreException) when (
                    tools.Time.GetElapsedTime(shown) < (tools.Plan.Takeover - tools.Plan.Beat).ToTimeSpan())
                {
                    // The next sign may be seen in time.
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or StoreException)
        {
            // It was ended, or nobody can see any more that this server is alive.
        }

        await ending.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Nobody has to wait for this server to be silent.</summary>
    private async Task LeaveAsync()
    {
        using CancellationTokenSource patience = new(tools.Plan.Takeover.ToTimeSpan(), tools.Time);
        try
        {
            await turn.SaveAsync(static progress => progress with { Holder = "" }, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or StoreException or ObjectDisposedException)
        {
            tools.Log.NotLeft(Name, end.Message);   // whoever wants it waits for the silence
        }
    }

    /// <summary>Until then, or until the order has changed.</summary>
    private async Task WaitAsync(Duration span, Task change)
    {
        if (span <= Duration.Zero)
        {
            return;
        }

        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        await Task.WhenAny(Task.Delay(span.ToTimeSpan(), tools.Time, waited.Token), change).ConfigureAwait(false);
        await waited.CancelAsync().ConfigureAwait(false);
        ending.Token.ThrowIfCancellationRequested();
    }
}
