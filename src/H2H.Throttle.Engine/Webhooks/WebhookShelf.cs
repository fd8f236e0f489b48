using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Where webhooks are kept. Safe from any thread.</summary>
internal sealed class WebhookShelf(IRecordStore records, IJournal journal, RequestClock clock)
{
    private const int SaveTriesMax = 16;

    private long told;

    /// <summary>All of them as they are now.</summary>
    public async ValueTask<WebhookShelfRecord> LoadAsync(CancellationToken cancellation) => WebhookShelfRecord.Read(
        await records.LoadAsync(WebhookShelfRecord.Key, cancellation).ConfigureAwait(false));

    /// <summary>The same; first the journal is told of what a server that was killed did not tell it of.</summary>
    public async ValueTask<WebhookShelfRecord> LookAsync(CancellationToken cancellation)
    {
        WebhookShelfRecord shelf = await LoadAsync(cancellation).ConfigureAwait(false);
        await TellAsync(shelf, cancellation).ConfigureAwait(false);
        return shelf;
    }

    /// <exception cref="RequestException">There is none of that name.</exception>
    public static WebhookShelfRecord.Entry Require(WebhookShelfRecord shelf, string? name) =>
        shelf.Find(name) ?? throw new RequestException(
            ProblemReason.WebhookUnknown, "name", "There is no webhook of that name.");

    /// <summary>Changes one of them.</summary>
    /// <param name="fact">The kind of fact that the change is.</param>
    /// <param name="change">
    /// Makes of all of them the one that it becomes, or that is taken away; null: there is nothing to change.
    /// </param>
    /// <param name="place">Puts it into, or takes it out of, all of them.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<WebhookShelfRecord> ChangeAsync(
        string fact,
        Func<WebhookShelfRecord, WebhookShelfRecord.Entry?> change,
        Func<WebhookShelfRecord, WebhookShelfRecord.Entry, WebhookShelfRecord> place,
        Actor by,
        CancellationToken cancellation)
    {
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            Record current = await records.LoadAsync(WebhookShelfRecord.Key, cancellation).ConfigureAwait(false);
            WebhookShelfRecord before = WebhookShelfRecord.Read(current);
            await TellAsync(before, cancellation).ConfigureAwait(false);   // what is overwritten is told first
            if (change(before) is not { } webhook)
            {
                return before;
            }

            long number = before.Changes + 1;
            WebhookShelfRecord after = place(before, webhook) with
            {
                Changes = number,
                Last = new(number, fact, clock.Now.ToUnixTimeTicks(), webhook, Signatory.Of(by)),
            };
            SaveResult saved = await records
                .TrySaveAsync(WebhookShelfRecord.Key, current.Version, after.Write(), null, cancellation)
                .ConfigureAwait(false);
            if (saved is SaveResult.Saved)
            {
                await TellAsync(after, CancellationToken.None).ConfigureAwait(false);
                return after;
            }
        }

        throw new RequestException(
            ProblemReason.Contended,
            "",
            "Others kept changing webhooks at the same time; nothing was changed. Repeat.");
    }

    private async ValueTask TellAsync(WebhookShelfRecord shelf, CancellationToken cancellation)
    {
        if (shelf.Last is { } last && last.Number > Interlocked.Read(ref told))
        {
            await journal.AppendAsync([WebhookFacts.Of(last)], cancellation).ConfigureAwait(false);
            Interlocked.Exchange(ref told, last.Number);
        }
    }
}
