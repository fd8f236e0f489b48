using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>What receivers did not take, and how to give it to them after all. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class DeadLetterDesk
{
    /// <summary>The most that one call sends again.</summary>
    public const int ReplayedMax = 100;

    private readonly WebhookShelf shelf;
    private readonly DeadLetterStore letters;
    private readonly IJournal journal;
    private readonly SecretSeal seal;
    private readonly RequestClock clock;

    internal DeadLetterDesk(
        WebhookShelf shelf, DeadLetterStore letters, IJournal journal, SecretSeal seal, RequestClock clock) =>
        (this.shelf, this.letters, this.journal, this.seal, this.clock) = (shelf, letters, journal, seal, clock);

    /// <summary>The oldest first.</summary>
    /// <param name="webhook">Its name.</param>
    /// <param name="pageSize">1 to <see cref="RequestBounds.PageSizeMax"/>.</param>
    /// <param name="after">From the page before; null or empty: the first page.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<DeadLetterPage> ListAsync(
        string? webhook, int pageSize, string? after, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.Require(
            pageSize is >= 1 and <= RequestBounds.PageSizeMax,
            ProblemReason.PageSizeOutOfRange,
            "page_size",
            $"page_size must be 1 to {RequestBounds.PageSizeMax}.");
        long position = 0;
        problems.Require(
            string.IsNullOrEmpty(after)
                || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out position),
            ProblemReason.PageTokenInvalid,
            "page_token",
            "page_token is not from a page of this list; start again without it.");
        problems.ThrowIfAny();
        WebhookShelfRecord.Entry found = await RequireAsync(webhook, cancellation).ConfigureAwait(false);

        DeadLetterRecord dead = await letters.LoadAsync(found.Id, cancellation).ConfigureAwait(false);
        DeadLetterRecord.Letter[] rest =
            [.. dead.Letters.Where(letter => letter.Position > position).OrderBy(static letter => letter.Position)];
        ImmutableArray<DeadLetter> page = [.. rest.Take(pageSize).Select(static letter => letter.ToDeadLetter())];
        return new DeadLetterPage(
            page, rest.Length > pageSize ? page[^1].Position.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>
    /// Sends them again, in their order, each once, until one is not taken; those that are taken are dead no more. They
    /// come later than what came after them.
    /// </summary>
    /// <param name="webhook">Its name.</param>
    /// <param name="positions">
    /// Which; empty: the oldest. At most <see cref="ReplayedMax"/>; one that is not dead is passed over.
    /// </param>
    /// <param name="carrier">Sends.</param>
    /// <param name="cancellation">Ends it; what was taken stays so.</param>
    public async ValueTask<Replayed> ReplayAsync(
        string? webhook, IReadOnlyList<long> positions, IWebhookCarrier carrier, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.Require(
            positions.Count <= ReplayedMax,
            ProblemReason.FieldNotAllowed,
            "positions",
            $"There are {positions.Count} positions; at most {ReplayedMax} are allowed.");
        problems.ThrowIfAny();
        WebhookShelfRecord.Entry found = await RequireAsync(webhook, cancellation).ConfigureAwait(false);
        WebhookOrder order = new(found);

        DeadLetterRecord dead = await letters.LoadAsync(found.Id, cancellation).ConfigureAwait(false);
        HashSet<long> wanted = [.. positions];
        int taken = 0;
        foreach (DeadLetterRecord.Letter letter in dead.Letters
            .Where(letter => wanted.Count == 0 || wanted.Contains(letter.Position))
            .OrderBy(static letter => letter.Position)
            .Take(ReplayedMax))
        {
            if (await journal.ReadAsync(letter.Position - 1, 1, cancellation).ConfigureAwait(false) is [var entry])
            {
                Carried carried = await SendAsync(order, WebhookEvent.Of(entry), seal, clock, carrier, cancellation)
                    .ConfigureAwait(false);
                if (carried is not Carried.Taken)
                {
                    return new Replayed(taken, dead.Letters.Length, letter.Position, carried);
                }

                taken++;
            }

            // What the journal does not have, because an older one was restored, nobody can send any more.
            dead = await letters.ChangeAsync(
                found.Id, record => record.Without(letter.Position), cancellation).ConfigureAwait(false);
        }

        return new Replayed(taken, dead.Letters.Length, null, null);
    }

    internal static async ValueTask<Carried> SendAsync(
        WebhookOrder order,
        WebhookEvent told,
        SecretSeal seal,
        RequestClock clock,
        IWebhookCarrier carrier,
        CancellationToken cancellation) =>
        order.Sign(told, seal, clock.Now) is { } signed
            ? await carrier.CarryAsync(order.Url, signed, cancellation).ConfigureAwait(false)
            : new Carried.Failed(null, SecretSeal.NotOpened);

    private async ValueTask<WebhookShelfRecord.Entry> RequireAsync(string? name, CancellationToken cancellation) =>
        WebhookShelf.Require(await shelf.LoadAsync(cancellation).ConfigureAwait(false), name);
}
