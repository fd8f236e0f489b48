using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Puts together how webhooks go, and takes away what is left of them.</summary>
internal sealed class WebhookViews(IRecordStore records, RequestClock clock)
{
    public async ValueTask<WebhookView> OfAsync(
        WebhookShelfRecord.Entry webhook, CancellationToken cancellation) =>
        (await OfAsync([webhook], cancellation).ConfigureAwait(false))[0];

    public async ValueTask<ImmutableArray<WebhookView>> OfAsync(
        ImmutableArray<WebhookShelfRecord.Entry> webhooks, CancellationToken cancellation)
    {
        StoreAnswer<Record>[] found = await records.LoadManyAsync(
            [
                .. webhooks.Select(static webhook => WebhookProgress.KeyOf(webhook.Id)),
                .. webhooks.Select(static webhook => DeadLetterRecord.KeyOf(webhook.Id)),
            ],
            cancellation).ConfigureAwait(false);
        Instant now = clock.Now;
        return
        [
            .. webhooks.Select((webhook, place) => View(
                webhook.ToWebhook(now),
                found[place].ValueOrThrow(),
                DeadLetterRecord.Read(found[webhooks.Length + place].ValueOrThrow()))),
        ];
    }

    /// <remarks>A store forgets what has expired; that is how a record is taken away.</remarks>
    public async ValueTask ForgetAsync(string webhookId, CancellationToken cancellation)
    {
        foreach (RecordKey key in (RecordKey[])[WebhookProgress.KeyOf(webhookId), DeadLetterRecord.KeyOf(webhookId)])
        {
            Record found = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
            while (found.Exists
                && await records.TrySaveAsync(
                    key, found.Version, ReadOnlyMemory<byte>.Empty, clock.Now - Duration.FromDays(1), cancellation)
                    .ConfigureAwait(false) is SaveResult.Conflict other)
            {
                found = other.Current;
            }
        }
    }

    private static WebhookView View(Webhook webhook, Record record, DeadLetterRecord dead)
    {
        WebhookProgress progress = record.Exists ? WebhookProgress.Read(record) : new WebhookProgress();
        return new WebhookView(
            webhook,
            progress.Position,
            progress.Failures,
            InstantOf(progress.FailingSince),
            InstantOf(progress.NextTryAt),
            progress.Why,
            InstantOf(progress.LastSentAt),
            dead.Letters.Length,
            dead.Dropped);
    }

    private static Instant? InstantOf(long? ticks) => ticks is { } given ? Instant.FromUnixTimeTicks(given) : null;
}
