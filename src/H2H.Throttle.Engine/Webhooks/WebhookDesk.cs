using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Receivers that are told of what the journal gets to know. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class WebhookDesk
{
    private const int IdLength = 16;

    private readonly IRecordStore records;
    private readonly IJournal journal;
    private readonly RequestClock clock;
    private readonly TimeProvider time;
    private readonly WebhookShelf shelf;
    private readonly SecretSeal seal;
    private readonly WebhookMeter meter;
    private readonly WebhookViews views;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal WebhookDesk(
        IRecordStore records,
        IJournal journal,
        IdentityHasher hasher,
        RequestClock clock,
        TimeProvider time,
        WebhookMeter meter)
    {
        (this.records, this.journal, this.clock, this.time, this.meter) = (records, journal, clock, time, meter);
        shelf = new WebhookShelf(records, journal, clock);
        seal = new SecretSeal(hasher);
        Letters = new DeadLetterStore(records);
        views = new WebhookViews(records, clock);
        DeadLetters = new DeadLetterDesk(shelf, Letters, journal, seal, clock);
    }

    /// <summary>The longest that a replaced secret may go on signing.</summary>
    public static Duration FormerSecretMax { get; } = Duration.FromDays(30);

    public static Duration FormerSecretDefault { get; } = Duration.FromDays(1);

    /// <summary>What receivers did not take.</summary>
    public DeadLetterDesk DeadLetters { get; }

    internal DeadLetterStore Letters { get; }

    /// <summary>Ends when something is changed here after this was read.</summary>
    internal Task NextChange => Volatile.Read(ref changed).Task;

    /// <summary>Has this server take its part in sending.</summary>
    /// <param name="carrier">Sends.</param>
    /// <param name="plan">How often, how long apart.</param>
    /// <param name="log">Is told of what goes wrong.</param>
    public WebhookRounds Send(IWebhookCarrier carrier, WebhookPlan plan, ILogger log) => new(
        records, journal, this, new WebhookTools(carrier, plan, this, Letters, seal, meter, time, log));

    /// <summary>Makes one. Repeated, it is refused as existing; a lost secret is replaced by rotating it.</summary>
    /// <param name="name">Unique; 1 to <see cref="Webhook.NameLengthMax"/> characters.</param>
    /// <param name="draft">What it is to be; it needs a URL.</param>
    /// <param name="after">The journal's position after which it begins; null: only what is to come.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<MintedWebhook> CreateAsync(
        string? name, WebhookDraft draft, long? after, Actor by, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.RequireName(name);
        problems.Require(
            !string.IsNullOrEmpty(draft.Target), ProblemReason.FieldMissing, "webhook.url", "webhook.url is missing.");
        problems.Check(string.IsNullOrEmpty(draft.Target) ? draft with { Target = null } : draft);
        problems.ThrowIfAny();
        RequireRoom(await shelf.LoadAsync(cancellation).ConfigureAwait(false), name!);
        long position = await StartAsync(after, cancellation).ConfigureAwait(false);

        WebhookSecret secret = WebhookSecret.Make();
        string id = Guid.CreateVersion7().ToString("N")[^IdLength..];
        WebhookShelfRecord.Entry made = new()
        {
            Id = id,
            Name = name!,
            Url = draft.Target!,
            Kinds = Sorted(draft.Kinds ?? []),
            Brands = Sorted(draft.Brands ?? []),
            Standing = draft.IsPaused is true ? nameof(WebhookStanding.Paused) : nameof(WebhookStanding.Active),
            MadeAt = clock.Now.ToUnixTimeTicks(),
            Secret = seal.Close(id, secret),
        };
        await records.TrySaveAsync(
            WebhookProgress.KeyOf(id),
            RecordVersion.Absent,
            new WebhookProgress { Position = position }.Write(),
            null,
            cancellation).ConfigureAwait(false);
        await ChangeAsync(
            WebhookFacts.Made,
            before =>
            {
                RequireRoom(before, name!);
                return made;
            },
            static (before, made) => before with
            {
                Webhooks = [.. before.Webhooks.Add(made).OrderBy(static one => one.Name, StringComparer.Ordinal)],
            },
            by,
            cancellation).ConfigureAwait(false);
        return new MintedWebhook(await views.OfAsync(made, cancellation).ConfigureAwait(false), secret.ToString());
    }

    /// <summary>All of them, by name.</summary>
    public async ValueTask<ImmutableArray<WebhookView>> ListAsync(CancellationToken cancellation) =>
        await views.OfAsync(
            (await shelf.LoadAsync(cancellation).ConfigureAwait(false)).Webhooks, cancellation).ConfigureAwait(false);

    public async ValueTask<WebhookView> GetAsync(string? name, CancellationToken cancellation) => await views.OfAsync(
        WebhookShelf.Require(await shelf.LoadAsync(cancellation).ConfigureAwait(false), name), cancellation)
        .ConfigureAwait(false);

    /// <summary>Makes of one what is wanted. What waits for its next try is tried at once.</summary>
    /// <param name="name">Which.</param>
    /// <param name="draft">What is to change.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<WebhookView> UpdateAsync(
        string? name, WebhookDraft draft, Actor by, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.Check(draft);
        problems.ThrowIfAny();
        WebhookShelfRecord after = await ChangeAsync(
            WebhookFacts.Changed,
            before => WebhookShelf.Require(before, name) is var found && Changed(found, draft) is var next
                && next != found ? next : null,
            Replace,
            by,
            cancellation).ConfigureAwait(false);
        return await views.OfAsync(WebhookShelf.Require(after, name), cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives one a new secret. The one before goes on signing beside it for a while.</summary>
    /// <param name="name">Which.</param>
    /// <param name="keepFormer">
    /// For how long; zero: not at all, if somebody found it out. Null: <see cref="FormerSecretDefault"/>.
    /// </param>
    /// <param name="by">Who.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<MintedWebhook> RotateSecretAsync(
        string? name, Duration? keepFormer, Actor by, CancellationToken cancellation)
    {
        Duration kept = keepFormer ?? FormerSecretDefault;
        Problems problems = new();
        problems.Require(
            kept >= Duration.Zero && kept <= FormerSecretMax,
            ProblemReason.TimeOutOfRange,
            "keep_former_for",
            $"keep_former_for must be 0 to {FormerSecretMax.Days} days.");
        problems.ThrowIfAny();
        WebhookSecret secret = WebhookSecret.Make();
        WebhookShelfRecord after = await ChangeAsync(
            WebhookFacts.SecretRotated,
            before => WebhookShelf.Require(before, name) is var found
                ? found with
                {
                    Secret = seal.Close(found.Id, secret),
                    FormerSecret = kept > Duration.Zero ? found.Secret : null,
                    FormerSecretUntil = kept > Duration.Zero ? (clock.Now + kept).ToUnixTimeTicks() : null,
                }
                : null,
            Replace,
            by,
            cancellation).ConfigureAwait(false);
        return new MintedWebhook(
            await views.OfAsync(WebhookShelf.Require(after, name), cancellation).ConfigureAwait(false),
            secret.ToString());
    }

    /// <summary>Takes one away, with its dead letters. What is being sent may still arrive.</summary>
    public async ValueTask DeleteAsync(string? name, Actor by, CancellationToken cancellation)
    {
        WebhookShelfRecord.Entry? deleted = null;
        await ChangeAsync(
            WebhookFacts.Deleted,
            before => deleted = WebhookShelf.Require(before, name),
            static (before, gone) => before with
            {
                Webhooks = before.Webhooks.RemoveAll(one => one.Id == gone.Id),
            },
            by,
            cancellation).ConfigureAwait(false);
        await views.ForgetAsync(deleted!.Id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sends an event that stands for nothing, once, however the webhook stands.</summary>
    public async ValueTask<Carried> TestAsync(
        string? name, IWebhookCarrier carrier, CancellationToken cancellation)
    {
        WebhookShelfRecord.Entry webhook = WebhookShelf.Require(
            await shelf.LoadAsync(cancellation).ConfigureAwait(false), name);
        return await DeadLetterDesk.SendAsync(
            new WebhookOrder(webhook), WebhookEvent.Test(webhook.Name, clock.Now), seal, clock, carrier, cancellation)
            .ConfigureAwait(false);
    }

    internal ValueTask<WebhookShelfRecord> LookAsync(CancellationToken cancellation) => shelf.LookAsync(cancellation);

    /// <summary>The receiver said that it is gone.</summary>
    internal async ValueTask StopAsync(WebhookShelfRecord.Entry webhook, CancellationToken cancellation) =>
        await ChangeAsync(
            WebhookFacts.Changed,
            before => before.Find(webhook.Name) is { State: WebhookStanding.Active } found
                && found.Id == webhook.Id
                && found.Url == webhook.Url
                    ? found with { Standing = nameof(WebhookStanding.Stopped) }
                    : null,
            Replace,
            Actor.Server("webhook"),
            cancellation).ConfigureAwait(false);

    private async ValueTask<WebhookShelfRecord> ChangeAsync(
        string fact,
        Func<WebhookShelfRecord, WebhookShelfRecord.Entry?> change,
        Func<WebhookShelfRecord, WebhookShelfRecord.Entry, WebhookShelfRecord> place,
        Actor by,
        CancellationToken cancellation)
    {
        WebhookShelfRecord after = await shelf.ChangeAsync(fact, change, place, by, cancellation)
            .ConfigureAwait(false);
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return after;
    }

    private static WebhookShelfRecord Replace(WebhookShelfRecord before, WebhookShelfRecord.Entry changed) =>
        before with { Webhooks = [.. before.Webhooks.Select(one => one.Id == changed.Id ? changed : one)] };

    private static WebhookShelfRecord.Entry Changed(WebhookShelfRecord.Entry found, WebhookDraft draft) => found with
    {
        Url = draft.Target ?? found.Url,
        Kinds = draft.Kinds is { } kinds ? Sorted(kinds) : found.Kinds,
        Brands = draft.Brands is { } brands ? Sorted(brands) : found.Brands,
        Standing = draft.IsPaused switch
        {
            true => nameof(WebhookStanding.Paused),
            false => nameof(WebhookStanding.Active),
            null => found.Standing,
        },
    };

    private static ImmutableArray<string> Sorted(ImmutableArray<string> names) =>
        [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void RequireRoom(WebhookShelfRecord all, string name)
    {
        if (all.Find(name) is not null)
        {
            throw new RequestException(
                ProblemReason.WebhookExists,
                "webhook.name",
                "There is a webhook of that name already; change or delete it.");
        }

        if (all.Webhooks.Length >= Webhook.WebhooksMax)
        {
            throw new RequestException(
                ProblemReason.WebhooksTooMany, "", $"There are {Webhook.WebhooksMax} webhooks already; delete some.");
        }
    }

    private async ValueTask<long> StartAsync(long? after, CancellationToken cancellation)
    {
        long last = (await journal.ReadLastAsync(cancellation).ConfigureAwait(false))?.Position ?? 0;
        return after is not { } position ? last
            : position >= 0 && position <= last ? position
            : throw new RequestException(
                ProblemReason.JournalPositionUnknown, "after", $"after is {position}, but the journal ends at {last}.");
    }
}
