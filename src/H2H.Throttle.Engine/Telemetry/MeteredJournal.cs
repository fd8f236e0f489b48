using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Journals;

namespace H2H.Throttle.Engine.Telemetry;

/// <summary>Another store's journal, with the time that each call takes and how far it has come.</summary>
internal sealed class MeteredJournal(IJournal journal, StoreMeter meter) : IJournal
{
    public async ValueTask<long> AppendAsync(IReadOnlyList<JournalFact> facts, CancellationToken cancellation)
    {
        long position = meter.IsHeard
            ? await meter.TimeAsync(
                "append",
                (journal, facts, cancellation),
                static ask => ask.journal.AppendAsync(ask.facts, ask.cancellation),
                static _ => "appended").ConfigureAwait(false)
            : await journal.AppendAsync(facts, cancellation).ConfigureAwait(false);
        meter.Saw(position);
        return position;
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        long position, int max, CancellationToken cancellation)
    {
        IReadOnlyList<JournalEntry> page = meter.IsHeard
            ? await meter.TimeAsync(
                "read",
                (journal, position, max, cancellation),
                static ask => ask.journal.ReadAsync(ask.position, ask.max, ask.cancellation),
                static page => page.Count > 0 ? "found" : "absent").ConfigureAwait(false)
            : await journal.ReadAsync(position, max, cancellation).ConfigureAwait(false);
        if (page.Count > 0)
        {
            meter.Saw(page[^1].Position);
        }

        return page;
    }

    public async ValueTask<JournalEntry?> ReadLastAsync(CancellationToken cancellation)
    {
        JournalEntry? last = meter.IsHeard
            ? await meter.TimeAsync(
                "read",
                (journal, cancellation),
                static ask => ask.journal.ReadLastAsync(ask.cancellation),
                static last => last is null ? "absent" : "found").ConfigureAwait(false)
            : await journal.ReadLastAsync(cancellation).ConfigureAwait(false);
        if (last is not null)
        {
            meter.Saw(last.Position);
        }

        return last;
    }

    public async IAsyncEnumerable<JournalEntry> WatchAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (JournalEntry entry in journal.WatchAsync(position, cancellation).ConfigureAwait(false))
        {
            meter.Saw(entry.Position);
            yield return entry;
        }
    }
}
