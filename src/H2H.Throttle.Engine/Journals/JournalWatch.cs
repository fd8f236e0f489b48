namespace H2H.Throttle.Engine.Journals;

/// <summary>A watch of the journal that does not wait for ever. For one thread.</summary>
internal sealed class JournalWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly TimeProvider clock;
    private readonly IAsyncEnumerator<JournalEntry> entries;
    private Task<bool>? next;
    private long quietSince;

    public JournalWatch(IJournal journal, long position, TimeProvider clock, CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        this.clock = clock;
        entries = journal.WatchAsync(position, stop.Token).GetAsyncEnumerator(stop.Token);
        quietSince = clock.GetTimestamp();
    }

    /// <summary>Something was told; the time in which there is nothing to tell begins anew.</summary>
    public void Told() => quietSince = clock.GetTimestamp();

    /// <summary>The next entry; null: nothing was told for so long, which begins anew.</summary>
    public async ValueTask<JournalEntry?> NextAsync(TimeSpan quietMax)
    {
        next ??= entries.MoveNextAsync().AsTask();
        TimeSpan left = quietMax - clock.GetElapsedTime(quietSince);
        if (left <= TimeSpan.Zero || !await ComesWithinAsync(next, left).ConfigureAwait(false))
        {
            Told();
            return null;
        }

        bool isThere = await next.ConfigureAwait(false);
        next = null;
        return isThere ? entries.Current : throw new System.Diagnostics.UnreachableException();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        if (next is not null)
        {
            // What it finds out now, nobody asks for any more.
            await next.ContinueWith(
                static late => _ = late.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default).ConfigureAwait(false);
        }

        await entries.DisposeAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private async ValueTask<bool> ComesWithinAsync(Task<bool> entry, TimeSpan left)
    {
        if (entry.IsCompleted)
        {
            return true;
        }

        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        Task pause = Task.Delay(left, clock, waited.Token);
        bool isThere = await Task.WhenAny(entry, pause).ConfigureAwait(false) == entry;
        await waited.CancelAsync().ConfigureAwait(false);
        stop.Token.ThrowIfCancellationRequested();
        return isThere;
    }
}
