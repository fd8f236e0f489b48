using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>
/// One server's turn to send for a webhook: how far it is, kept in the store. Safe from any thread.
/// </summary>
/// <remarks>
/// There is no clock in it that servers would have to share: a server whose signs of life stop for as long as the plan
/// says loses its turn to one that has watched for so long, and a server that cannot give any for so long gives up by
/// itself.
/// </remarks>
internal sealed class WebhookTurn : IDisposable
{
    private readonly IRecordStore records;
    private readonly RecordKey key;
    private readonly string holder;
    private readonly SemaphoreSlim saving = new(1, 1);
    private readonly Lock noting = new();
    private RecordVersion? version;
    private bool isNoted;

    private WebhookTurn(
        IRecordStore records, RecordKey key, string holder, WebhookProgress progress, RecordVersion version)
    {
        (this.records, this.key, this.holder) = (records, key, holder);
        (Progress, this.version) = (progress, version);
    }

    /// <summary>As it is known here, which may be further than the store's.</summary>
    public WebhookProgress Progress { get; private set; }

    /// <summary>Takes the turn; null: somebody else was quicker, or the webhook is gone.</summary>
    /// <param name="records">Where it is kept.</param>
    /// <param name="key">Which.</param>
    /// <param name="found">As it was found.</param>
    /// <param name="holder">Names this server.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the taking.</param>
    public static async ValueTask<WebhookTurn?> TakeAsync(
        IRecordStore records, RecordKey key, Record found, string holder, CancellationToken cancellation)
    {
        WebhookProgress progress = WebhookProgress.Read(found) with { Holder = holder };
        return await records.TrySaveAsync(key, found.Version, progress.Write(), null, cancellation)
            .ConfigureAwait(false) is SaveResult.Saved saved
                ? new WebhookTurn(records, key, holder, progress, saved.Version)
                : null;
    }

    /// <summary>Notes what need not be kept at once: it is with the next save.</summary>
    public void Note(Func<WebhookProgress, WebhookProgress> change)
    {
        lock (noting)
        {
            Progress = change(Progress);
            isNoted = true;
        }
    }

    /// <summary>
    /// Shows that this server is alive, and keeps what was noted. Where there are no others, only if something was.
    /// </summary>
    /// <exception cref="StoreException">As of <see cref="SaveAsync"/>.</exception>
    public ValueTask<bool> BeatAsync(CancellationToken cancellation) => records.IsInProcess && !isNoted
        ? ValueTask.FromResult(true)
        : SaveAsync(static progress => progress, cancellation);

    /// <summary>Keeps what changed. False: the turn is lost.</summary>
    /// <exception cref="StoreException">It is not known whether that was kept; the next save finds out.</exception>
    public async ValueTask<bool> SaveAsync(
        Func<WebhookProgress, WebhookProgress> change, CancellationToken cancellation)
    {
        await saving.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (version is null && !await RecallAsync(cancellation).ConfigureAwait(false))
            {
                return false;
            }

            WebhookProgress next = Advance(change);
            RecordVersion expected = version!.Value;
            version = null;   // until it is known how this ends
            SaveResult result = await records.TrySaveAsync(key, expected, next.Write(), null, cancellation)
                .ConfigureAwait(false);
            version = (result as SaveResult.Saved)?.Version;
            return version is not null;
        }
        finally
        {
            saving.Release();
        }
    }

    public void Dispose() => saving.Dispose();

    private WebhookProgress Advance(Func<WebhookProgress, WebhookProgress> change)
    {
        lock (noting)
        {
            isNoted = false;
            return Progress = change(Progress) with { Beats = Progress.Beats + 1 };
        }
    }

    /// <summary>Whether the store still has this server as the holder.</summary>
    private async ValueTask<bool> RecallAsync(CancellationToken cancellation)
    {
        Record found = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        if (!found.Exists || WebhookProgress.Read(found).Holder != holder)
        {
            return false;
        }

        version = found.Version;
        return true;
    }
}
