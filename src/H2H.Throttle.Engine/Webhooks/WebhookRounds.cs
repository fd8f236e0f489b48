using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Has this server send for every webhook that no other server sends for.</summary>
/// <remarks>
/// A webhook is sent for by one server at a time, in a task of its own: a slow receiver holds up nobody else.
/// </remarks>
public sealed class WebhookRounds : IAsyncDisposable
{
    private static readonly Duration Pause = Duration.FromSeconds(1);

    private readonly IRecordStore records;
    private readonly IJournal journal;
    private readonly WebhookDesk desk;
    private readonly WebhookTools tools;
    private readonly string holder = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, WebhookShift> shifts = [];
    private readonly Dictionary<string, (RecordVersion Version, long Since)> others = [];
    private volatile IReadOnlyList<WebhookShift> working = [];

    internal WebhookRounds(IRecordStore records, IJournal journal, WebhookDesk desk, WebhookTools tools) =>
        (this.records, this.journal, this.desk, this.tools) = (records, journal, desk, tools);

    /// <summary>Those that this server sends for: how long what is to be sent next has waited.</summary>
    public IEnumerable<(string Webhook, Duration Lag)> Lags
    {
        get
        {
            Instant now = tools.Now;
            return working.Select(shift => (shift.Name, shift.LagAt(now)));
        }
    }

    /// <summary>Looks every second, and at once when an admin changed something here; until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        bool isFailing = false;
        while (!cancellation.IsCancellationRequested)
        {
            Task change = desk.NextChange;
            try
            {
                await LookAsync(cancellation).ConfigureAwait(false);
                isFailing = false;
            }
            catch (StoreException failure)
            {
                if (!isFailing)
                {
                    tools.Log.NotLookedAt(failure.Message);   // once an outage, not once a second
                }

                isFailing = true;
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                tools.Log.LookBroke(bug);   // whoever is told of nothing is no reason to decide nothing
            }

            using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(Task.Delay(Pause.ToTimeSpan(), tools.Time, waited.Token), change).ConfigureAwait(false);
            await waited.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Gives back every turn.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(shifts.Values.Select(static shift => shift.DisposeAsync().AsTask())).ConfigureAwait(false);
        shifts.Clear();   // what was told last of how they are is told until the end
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        WebhookShelfRecord shelf = await desk.LookAsync(cancellation).ConfigureAwait(false);
        Dictionary<string, WebhookShelfRecord.Entry> active = shelf.Webhooks
            .Where(static webhook => webhook.State is WebhookStanding.Active)
            .ToDictionary(static webhook => webhook.Id);
        foreach (string gone in others.Keys.Where(id => !active.ContainsKey(id)).ToArray())
        {
            others.Remove(gone);
        }

        foreach ((string id, WebhookShift shift) in shifts.ToArray())
        {
            if (active.TryGetValue(id, out WebhookShelfRecord.Entry? webhook) && !shift.IsOver)
            {
                shift.Follow(webhook);
            }
            else
            {
                shifts.Remove(id);
                await shift.DisposeAsync().ConfigureAwait(false);
            }
        }

        await TakeAsync([.. active.Values.Where(webhook => !shifts.ContainsKey(webhook.Id))], cancellation)
            .ConfigureAwait(false);
        working = [.. shifts.Values];
    }

    private async Task TakeAsync(IReadOnlyList<WebhookShelfRecord.Entry> free, CancellationToken cancellation)
    {
        if (free.Count == 0)
        {
            return;
        }

        StoreAnswer<Record>[] found = await records.LoadManyAsync(
            [.. free.Select(static webhook => WebhookProgress.KeyOf(webhook.Id))], cancellation).ConfigureAwait(false);
        foreach ((WebhookShelfRecord.Entry webhook, StoreAnswer<Record> answer) in free.Zip(found))
        {
            try
            {
                await TakeAsync(webhook, answer.ValueOrThrow(), cancellation).ConfigureAwait(false);
            }
            catch (StoreException failure)
            {
                tools.Log.NotLookedAt(failure.Message);   // one that cannot be read holds up no other
            }
        }
    }

    private async Task TakeAsync(WebhookShelfRecord.Entry webhook, Record record, CancellationToken cancellation)
    {
        RecordKey key = WebhookProgress.KeyOf(webhook.Id);
        if (record.Exists
            && IsFree(webhook.Id, record)
            && await WebhookTurn.TakeAsync(records, key, record, holder, cancellation)
                .ConfigureAwait(false) is { } turn)
        {
            others.Remove(webhook.Id);
            shifts[webhook.Id] = WebhookShift.Begin(turn, new WebhookOrder(webhook), journal, tools, cancellation);
        }
    }

    /// <summary>Nobody holds it, or whoever does has given no sign of life for as long as the plan says.</summary>
    private bool IsFree(string id, Record record)
    {
        string held = WebhookProgress.Read(record).Holder;
        if (records.IsInProcess || held.Length == 0 || held == holder)
        {
            return true;   // whoever held it in this store before has ended; so has a turn of this server's own
        }

        if (!others.TryGetValue(id, out (RecordVersion Version, long Since) seen) || seen.Version != record.Version)
        {
            others[id] = (record.Version, tools.Time.GetTimestamp());
            return false;
        }

        return tools.Time.GetElapsedTime(seen.Since) >= tools.Plan.Takeover.ToTimeSpan();
    }
}
