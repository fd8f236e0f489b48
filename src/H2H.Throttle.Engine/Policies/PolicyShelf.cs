using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Policies.Reviews;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Policies;

/// <summary>Every version of the policy, and the one in force. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class PolicyShelf
{
    private const int PublishTriesMax = 16;

    private readonly PolicyRecords stored;
    private readonly IJournal journal;
    private readonly IdentityHasher hasher;
    private readonly RequestClock clock;
    private readonly Readiness readiness;
    private readonly string seed;
    private readonly bool seedWins;
    private readonly ShelfCopy copy = new();
    private Actor? actor;

    /// <summary>Knows nothing before the first <see cref="RefreshAsync"/>.</summary>
    internal PolicyShelf(
        IRecordStore records,
        IJournal journal,
        IdentityHasher hasher,
        RequestClock clock,
        Readiness readiness,
        string seed,
        bool seedWins) =>
        (stored, this.journal, this.hasher, this.clock, this.readiness, this.seed, this.seedWins) =
        (new PolicyRecords(records), journal, hasher, clock, readiness, seed, seedWins);

    /// <summary>The same, for somebody whom versions and the journal name.</summary>
    public PolicyShelf By(Actor author)
    {
        PolicyShelf signing = (PolicyShelf)MemberwiseClone();
        signing.actor = author;
        return signing;
    }

    /// <exception cref="StoreException">
    /// The store has not been reached yet, or what is in force cannot be read by this version of the product.
    /// </exception>
    public PolicyInForce Current => Known.Current;

    private Shelf Known
    {
        get
        {
            readiness.Require();
            return copy.Shelf!;
        }
    }

    /// <summary>
    /// Learns of what others have published; publishes the seed if nobody ever published anything or if, the first
    /// time, another document is in force and the seed is to win.
    /// </summary>
    internal async ValueTask RefreshAsync(CancellationToken cancellation)
    {
        await copy.Turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await CatchUpAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            copy.Turn.Release();
        }
    }

    /// <summary>Reads a document and looks for what is odd about it; changes nothing.</summary>
    public PolicyReview Review(string document) => PolicyReview.Of(document, clock.Now);

    /// <summary>A version; the one in force if <paramref name="number"/> is null.</summary>
    public PolicyVersion Get(long? number)
    {
        Shelf now = Known;
        long wanted = number ?? now.Current.Number;
        return now.Find(wanted)?.ToVersion() ?? throw new RequestException(
            ProblemReason.PolicyVersionUnknown, "version",
                $"There is no version {wanted}; the last is {now.Current.Number}.");
    }

    /// <summary>Versions, newest first.</summary>
    /// <param name="pageSize">1 to <see cref="RequestBounds.PageSizeMax"/>.</param>
    /// <param name="after">From the page before; null or empty: the first page.</param>
    public PolicyPage List(int pageSize, string? after)
    {
        Shelf now = Known;
        Problems problems = new();
        long before = now.Current.Number + 1;
        problems.Require(
            string.IsNullOrEmpty(after)
                || (long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before >= 1),
            ProblemReason.PageTokenInvalid,
            "page_token",
            "page_token is not from a page of this list; start again without it.");
        problems.Require(
            pageSize is >= 1 and <= RequestBounds.PageSizeMax,
            ProblemReason.PageSizeOutOfRange,
            "page_size",
            $"page_size must be 1 to {RequestBounds.PageSizeMax}.");
        problems.ThrowIfAny();

        ImmutableArray<PolicyVersion> page =
            [.. now.Newest.Where(version => version.Number < before).Take(pageSize).Select(static v => v.ToVersion())];
        bool hasMore = page.Length > 0 && page[^1].Number > 1;
        return new PolicyPage(page, hasMore ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Makes a document the policy in force, at once and whole.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="document">YAML.</param>
    /// <param name="comment">Why; null: not told.</param>
    /// <param name="expected">The version that the author started from; null: whichever is in force.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<PolicyVersion> PublishAsync(
        string? requestId, string? document, string? comment, long? expected, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.CheckRequestId(requestId);
        problems.CheckComment(comment);
        problems.Require(
            !string.IsNullOrWhiteSpace(document), ProblemReason.FieldMissing, "document", "document is missing.");
        problems.ThrowIfAny();
        string content = Fingerprint.Of("publish", document, comment);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);

        PolicyDraft draft = new(document!, comment ?? "");
        return await PublishAsync(mark, expected, _ => draft, cancellation).ConfigureAwait(false);
    }

    /// <summary>Changes the number of one cap and nothing else, and publishes that.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="cap">The new limit, for all.</param>
    /// <param name="comment">Why; null: says what changed.</param>
    /// <param name="expected">The version that the author looked at; null: whichever is in force.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<CapAdjusted> AdjustCapAsync(
        string? requestId, string? rule, CapLimit cap, string? comment, long? expected, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.CheckRequestId(requestId);
        problems.CheckComment(comment);
        problems.RequireId(rule, "rule", Rule.NameLengthMax);
        problems.Require(
            cap.Contacts is null or (>= 0 and <= CapLimit.ContactsMax),
            ProblemReason.CapOutOfRange,
            "cap.limit",
            $"cap.limit must be 1 to {CapLimit.ContactsMax}; for none use blocked.");
        problems.ThrowIfAny();
        string content = Fingerprint.Of(
            "adjust", rule, cap.Contacts is { } contacts ? Fingerprint.Number(contacts) : null, comment);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);

        PolicyVersion version = await PublishAsync(
            mark, expected, now => PolicyEdits.AdjustCap(now, rule!, cap, comment), cancellation).ConfigureAwait(false);
        return new CapAdjusted(version, PolicyEdits.PreviousOf(Known, version, rule!, cap));
    }

    /// <summary>Puts an older version in force again: publishes its document as a new version that names it.</summary>
    /// <param name="requestId">Makes the call safe to repeat; null or empty: it is not.</param>
    /// <param name="number">Which; null: the one before what is in force, see <see cref="PolicyEdits"/>.</param>
    /// <param name="comment">Why; null: says to which it goes back.</param>
    /// <param name="expected">The version that the author looked at; null: whichever is in force.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the change.</param>
    public async ValueTask<PolicyVersion> RollBackAsync(
        string? requestId, long? number, string? comment, long? expected, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.CheckRequestId(requestId);
        problems.CheckComment(comment);
        problems.ThrowIfAny();
        string content = Fingerprint.Of(
            "roll back", number is { } wanted ? Fingerprint.Number(wanted) : null, comment);
        RequestMark? mark = RequestMark.Of(requestId, content, hasher, problems);
        return await PublishAsync(
            mark, expected, now => PolicyEdits.RollBack(now, number, comment), cancellation).ConfigureAwait(false);
    }

    private async ValueTask<PolicyVersion> PublishAsync(
        RequestMark? mark,
        long? expected,
        Func<Shelf, PolicyDraft> write,
        CancellationToken cancellation)
    {
        readiness.Require();
        await copy.Turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            for (int tries = 0; tries < PublishTriesMax; tries++)
            {
                Shelf now = await CatchUpAsync(cancellation).ConfigureAwait(false);
                if (mark is not null
                    && now.Newest.FirstOrDefault(version => version.Request == mark.Request) is { } before)
                {
                    return before.Content == mark.Content ? before.ToVersion() : throw RequestMark.Reused();
                }

                PolicyEdits.RequireExpected(expected, now.Current.Number);
                PolicyDraft draft = write(now);
                PolicyVersionRecord next = PolicyVersionRecord.Of(
                    draft.Document, now.Current.Number + 1, draft.Comment, clock.Now, mark, actor) with
                {
                    Restores = draft.Restores,
                };
                if (await TryPublishAsync(now, next, cancellation).ConfigureAwait(false))
                {
                    return next.ToVersion();
                }
            }

            throw new RequestException(
                ProblemReason.Contended, "",
                    "Others kept publishing at the same time; nothing was changed. Repeat the call.");
        }
        finally
        {
            copy.Turn.Release();
        }
    }

    private async ValueTask<bool> TryPublishAsync(Shelf now, PolicyVersionRecord next, CancellationToken cancellation)
    {
        PolicyVersionRecord? other = await stored.TryMakeAsync(next, cancellation).ConfigureAwait(false);

        // It is published; a caller who gives up now must not keep it from being known here and in the journal.
        copy.Shelf = now.With([other ?? next]);
        await AppendAsync([other ?? next], CancellationToken.None).ConfigureAwait(false);
        return other is null;
    }

    /// <summary>What the store holds now. For one at a time.</summary>
    private async ValueTask<Shelf> CatchUpAsync(CancellationToken cancellation)
    {
        if (copy.Shelf is not { } before)
        {
            return copy.Shelf = await OpenAsync(cancellation).ConfigureAwait(false);
        }

        if (await stored.IsLastAsync(before.Current.Number, cancellation).ConfigureAwait(false))
        {
            return before;
        }

        ImmutableArray<PolicyVersionRecord> next =
            await stored.ReadAfterAsync(before.Current.Number, cancellation).ConfigureAwait(false);
        copy.Shelf = before.With(next);
        await AppendAsync(next, cancellation).ConfigureAwait(false);
        return copy.Shelf;
    }

    private async ValueTask<Shelf> OpenAsync(CancellationToken cancellation)
    {
        ImmutableArray<PolicyVersionRecord> found =
            await stored.ReadAfterAsync(0, cancellation).ConfigureAwait(false);
        if (found.IsEmpty)
        {
            await stored.RequireEmptyAsync(cancellation).ConfigureAwait(false);
            PolicyVersionRecord first = Seed(1, "The policy to start with.");
            found = [await stored.TryMakeAsync(first, cancellation).ConfigureAwait(false) ?? first];
        }

        if (seedWins && found[^1].Document != seed)
        {
            PolicyVersionRecord next = Seed(found[^1].Number + 1, "From the file that the server starts with.");
            found = found.Add(await stored.TryMakeAsync(next, cancellation).ConfigureAwait(false) ?? next);
        }

        Shelf opened = Shelf.Of(found);
        await AppendAsync([found[^1]], cancellation).ConfigureAwait(false);
        return opened;
    }

    private PolicyVersionRecord Seed(long number, string comment) =>
        PolicyVersionRecord.Of(seed, number, comment, clock.Now, null, Actor.Server("start"));

    /// <summary>Tells the journal, which knows those that it has been told already.</summary>
    private async ValueTask AppendAsync(
        ImmutableArray<PolicyVersionRecord> published, CancellationToken cancellation) => await journal.AppendAsync(
            [.. published.Select(PolicyFacts.Published)], cancellation).ConfigureAwait(false);
}
