using System.Collections.Concurrent;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>Keeps counts in memory, brings them to the store now and then, and adds up those of all servers.</summary>
/// <remarks>What was counted since the last <see cref="FlushAsync"/> is lost with a killed process.</remarks>
internal sealed class ShadowLedger(IRecordStore records)
{
    private const int SaveTriesMax = 16;
    private static readonly Duration Kept = Duration.FromDays(400);

    private readonly ConcurrentDictionary<string, ShadowTally> tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Section, ShadowCounts Before, ShadowCounts Saved)> flushed =
        new(StringComparer.Ordinal);

    private readonly SemaphoreSlim flushing = new(1, 1);

    /// <param name="subject">What is counted; part of a record's key.</param>
    public ShadowTally TallyOf(string subject) => tallies.GetOrAdd(subject, static _ => new ShadowTally());

    /// <summary>Of all servers: what they have brought to the store, and all of this one.</summary>
    public async ValueTask<ShadowCounts> ReadAsync(string subject, Instant now, CancellationToken cancellation)
    {
        await FlushAsync(now, cancellation).ConfigureAwait(false);
        Record record = await records.LoadAsync(KeyOf(subject), cancellation).ConfigureAwait(false);
        return ShadowCountsRecord.Read(record).Total;
    }

    /// <summary>Brings what is new to the store; costs nothing if nothing is.</summary>
    /// <exception cref="StoreException">The store fails; what was not brought is brought the next time.</exception>
    public async ValueTask FlushAsync(Instant now, CancellationToken cancellation)
    {
        await flushing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            foreach ((string subject, ShadowTally tally) in tallies)
            {
                ShadowCounts counts = tally.Counts;
                if (counts.Asked > (flushed.GetValueOrDefault(subject).Saved?.Asked ?? 0))
                {
                    await SaveAsync(subject, counts, now, cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            flushing.Release();
        }
    }

    private async ValueTask SaveAsync(
        string subject, ShadowCounts counts, Instant now, CancellationToken cancellation)
    {
        Record record = await records.LoadAsync(KeyOf(subject), cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < SaveTriesMax; tries++)
        {
            ShadowCountsRecord stored = ShadowCountsRecord.Read(record);
            (string section, ShadowCounts before) = SectionOf(subject, stored);
            SaveResult result = await records.TrySaveAsync(
                KeyOf(subject),
                record.Version,
                stored.With(section, counts.Less(before), now).Write(),
                now + Kept,
                cancellation).ConfigureAwait(false);
            if (result is SaveResult.Conflict conflict)
            {
                record = conflict.Current;
                continue;
            }

            flushed[subject] = (section, before, counts);
            return;
        }
    }

    /// <summary>This server's section, and what it has counted that is in another: one that was added up.</summary>
    private (string Section, ShadowCounts Before) SectionOf(string subject, ShadowCountsRecord stored) =>
        flushed.TryGetValue(subject, out (string Section, ShadowCounts Before, ShadowCounts Saved) mine)
            ? stored.Sections.ContainsKey(mine.Section)
                ? (mine.Section, mine.Before)
                : (NewSection(), mine.Saved)
            : (NewSection(), ShadowCounts.None);

    private static string NewSection() => Guid.NewGuid().ToString("N");

    private static RecordKey KeyOf(string subject) => new(ShadowCountsRecord.Kind, subject);
}
