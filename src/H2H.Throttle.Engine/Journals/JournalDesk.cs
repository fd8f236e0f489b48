using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Journals;

/// <summary>Where the journal is read, watched and verified. Safe from any thread.</summary>
/// <remarks>Throws what <see cref="Throttler"/> throws.</remarks>
public sealed class JournalDesk
{
    /// <summary>The most entries that are looked through for one page.</summary>
    public const int ScannedMax = 10_000;

    /// <summary>After how many entries a verification says how far it is.</summary>
    public const int VerifiedStep = 10_000;

    /// <summary>After how many places a verification gives up.</summary>
    public const int FaultsMax = 100;

    private readonly IJournal journal;
    private readonly PersonStore people;
    private readonly PolicyShelf policies;
    private readonly IdentityHasher hasher;
    private readonly TimeProvider clock;

    internal JournalDesk(
        IJournal journal, PersonStore people, PolicyShelf policies, IdentityHasher hasher, TimeProvider clock) =>
        (this.journal, this.people, this.policies, this.hasher, this.clock) =
        (journal, people, policies, hasher, clock);

    /// <summary>How long there may be nothing to tell before a watch says that it is alive.</summary>
    public static Duration PulseDefault { get; } = Duration.FromSeconds(15);

    public static Duration PulseMin { get; } = Duration.FromSeconds(1);

    public static Duration PulseMax { get; } = Duration.FromMinutes(1);

    private PersonNames Names => new(hasher, policies.Current.Policy.Mailboxes);

    /// <summary>The entries that are wanted, a page at a time.</summary>
    /// <param name="query">Which.</param>
    /// <param name="pageSize">The most wanted: 1 to <see cref="RequestBounds.PageSizeMax"/>.</param>
    /// <param name="after">From the page before; null or empty: the first page.</param>
    /// <param name="oldestFirst">By position; else newest first.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<JournalPage> ListAsync(
        JournalQuery query, int pageSize, string? after, bool oldestFirst, CancellationToken cancellation)
    {
        Problems problems = new();
        problems.Require(
            pageSize is >= 1 and <= RequestBounds.PageSizeMax,
            ProblemReason.PageSizeOutOfRange,
            "page_size",
            $"page_size must be 1 to {RequestBounds.PageSizeMax}.");
        JournalCursor? cursor = JournalCursor.Read(after, oldestFirst, problems);
        JournalFilter filter = await ReadAsync(query, problems, cancellation).ConfigureAwait(false);

        return oldestFirst
            ? await ListForwardAsync(filter, pageSize, cursor?.Position ?? 0, cancellation).ConfigureAwait(false)
            : await ListBackAsync(filter, pageSize, cursor, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// The entries that are wanted, those to come included, until cancelled; first of all a pulse that says from where.
    /// </summary>
    /// <param name="query">Which.</param>
    /// <param name="after">The position after which to begin; null: only what is to come.</param>
    /// <param name="hash">Of the entry at that position; null: whichever it is.</param>
    /// <param name="pulse">How long there may be nothing to tell.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RequestException">There is no such entry, or it is another.</exception>
    public async IAsyncEnumerable<JournalSight> WatchAsync(
        JournalQuery query,
        long? after,
        ReadOnlyMemory<byte>? hash,
        Duration pulse,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        Problems problems = new();
        problems.Require(
            pulse >= PulseMin && pulse <= PulseMax,
            ProblemReason.TimeOutOfRange,
            "heartbeat_interval",
            "heartbeat_interval must be 1 second to 1 minute.");
        JournalFilter filter = await ReadAsync(query, problems, cancellation).ConfigureAwait(false);
        long position = await StartAsync(after, hash, cancellation).ConfigureAwait(false);

        yield return PulseAt(position);
        JournalWatch watch = new(journal, position, clock, cancellation);
        await using (watch.ConfigureAwait(false))
        {
            while (true)
            {
                JournalEntry? next = await watch.NextAsync(pulse.ToTimeSpan()).ConfigureAwait(false);
                position = next?.Position ?? position;
                if (next is null)
                {
                    yield return PulseAt(position);
                }
                else if (filter.Admits(next.Fact))
                {
                    watch.Told();
                    yield return new JournalSight.Seen(next);
                }
            }
        }
    }

    /// <summary>
    /// Follows the chain from the first entry to the last; says how far it is now and then, and at the end.
    /// </summary>
    /// <param name="written">An entry that was written down before; null: none was.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<ChainProgress> VerifyAsync(JournalMark? written, CancellationToken cancellation) =>
        ChainVerification.RunAsync(EntriesAsync(cancellation), written, LastPositionAsync, cancellation);

    private async ValueTask<JournalPage> ListForwardAsync(
        JournalFilter filter, int pageSize, long position, CancellationToken cancellation)
    {
        ImmutableArray<JournalEntry>.Builder page = ImmutableArray.CreateBuilder<JournalEntry>();
        for (int scanned = 0; scanned < ScannedMax;)
        {
            IReadOnlyList<JournalEntry> step = await journal
                .ReadAsync(position, IJournal.ReadMax, cancellation).ConfigureAwait(false);
            foreach (JournalEntry entry in step)
            {
                if (filter.Admits(entry.Fact))
                {
                    if (page.Count == pageSize)
                    {
                        return new JournalPage(
                            page.DrainToImmutable(), new JournalCursor(position, OldestFirst: true).ToString());
                    }

                    page.Add(entry);
                }

                position = entry.Position;
            }

            if (step.Count == 0)
            {
                return new JournalPage(page.DrainToImmutable(), null);
            }

            scanned += step.Count;
        }

        return new JournalPage(page.DrainToImmutable(), new JournalCursor(position, OldestFirst: true).ToString());
    }

    private async ValueTask<JournalPage> ListBackAsync(
        JournalFilter filter, int pageSize, JournalCursor? cursor, CancellationToken cancellation)
    {
        ImmutableArray<JournalEntry>.Builder page = ImmutableArray.CreateBuilder<JournalEntry>();
        long last = await LastPositionAsync(cancellation).ConfigureAwait(false);
        long before = cursor is null ? last + 1 : Math.Min(cursor.Position, last + 1);
        for (int scanned = 0; scanned < ScannedMax && before > 1; scanned += IJournal.ReadMax)
        {
            long from = Math.Max(before - 1 - IJournal.ReadMax, 0);
            IReadOnlyList<JournalEntry> step = await journal
                .ReadAsync(from, (int)(before - 1 - from), cancellation).ConfigureAwait(false);
            foreach (JournalEntry entry in step.Where(entry => entry.Position < before).Reverse())
            {
                if (filter.Admits(entry.Fact))
                {
                    if (page.Count == pageSize)
                    {
                        return new JournalPage(
                            page.DrainToImmutable(), new JournalCursor(before, OldestFirst: false).ToString());
                    }

                    page.Add(entry);
                }

                before = entry.Position;
            }

            before = from + 1;
        }

        string? next = before > 1 ? new JournalCursor(before, OldestFirst: false).ToString() : null;
        return new JournalPage(page.DrainToImmutable(), next);
    }

    /// <exception cref="RequestException">Something is wrong, with it or before.</exception>
    private async ValueTask<JournalFilter> ReadAsync(
        JournalQuery query, Problems problems, CancellationToken cancellation)
    {
        PersonName? person = JournalFilter.Check(query, Names, problems);
        problems.ThrowIfAny();
        return new JournalFilter(
            query,
            person is null
                ? null
                : await Trace.OfAsync(person.Key, people, hasher, cancellation).ConfigureAwait(false));
    }

    private async ValueTask<long> StartAsync(
        long? after, ReadOnlyMemory<byte>? hash, CancellationToken cancellation)
    {
        long last = await LastPositionAsync(cancellation).ConfigureAwait(false);
        if (after is not { } position)
        {
            return last;
        }

        if (position < 0 || position > last)
        {
            throw new RequestException(
                ProblemReason.JournalPositionUnknown,
                "after",
                $"after is {position}, but the journal ends at {last}: it is another journal, or lost its end.");
        }

        if (hash is { } expected && position > 0)
        {
            IReadOnlyList<JournalEntry> entries = await journal
                .ReadAsync(position - 1, 1, cancellation).ConfigureAwait(false);
            if (entries is not [var entry]
                || entry.Position != position
                || !entry.Hash.Span.SequenceEqual(expected.Span))
            {
                throw new RequestException(
                    ProblemReason.JournalDiverged,
                    "after_hash",
                    $"Entry {position} is not the one of that hash: it is another journal, or it was changed.");
            }
        }

        return position;
    }

    private async ValueTask<long> LastPositionAsync(CancellationToken cancellation) =>
        (await journal.ReadLastAsync(cancellation).ConfigureAwait(false))?.Position ?? 0;

    private async IAsyncEnumerable<JournalEntry> EntriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> step;
        long position = 0;
        do
        {
            step = await journal.ReadAsync(position, IJournal.ReadMax, cancellation).ConfigureAwait(false);
            foreach (JournalEntry entry in step)
            {
                yield return entry;
                position = entry.Position;
            }
        }
        while (step.Count > 0);
    }

    private JournalSight.Pulse PulseAt(long position) =>
        new(position, Instant.FromDateTimeOffset(clock.GetUtcNow()));
}
