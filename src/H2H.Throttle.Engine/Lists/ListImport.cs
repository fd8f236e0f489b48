using System.Collections.Immutable;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Lists;

/// <summary>An import under way, by one connection. Not safe for several threads.</summary>
/// <remarks>
/// Lines that were received become durable in pieces. After a broken connection another import of the same id goes on
/// where the last piece ended, and takes the import away from this one, should it still be alive.
/// </remarks>
public sealed class ListImport
{
    /// <summary>How many lines may be received before they are made durable, if few of them have an address.</summary>
    private const int LinesPerPieceMax = 1_000_000;

    private const int SessionsMax = 10_000;
    private const int BeginTriesMax = 16;

    private readonly ListShelf shelf;
    private readonly IRecordStore records;
    private readonly RequestClock clock;
    private readonly LineReader reader;
    private readonly ulong[] piece = new ulong[SegmentFormat.EntriesMax];
    private int pieceEntries;
    private LayerRecord stored;
    private RecordVersion version;
    private long entries;
    private long bad;
    private ImmutableArray<BadLine> badLines;

    private ListImport(
        ListShelf shelf, IRecordStore records, RequestClock clock, LineReader reader, LayerRecord layer,
        RecordVersion version, bool isInForce)
    {
        (this.shelf, this.records, this.clock, this.reader) = (shelf, records, clock, reader);
        (stored, this.version, IsInForce) = (layer, version, isInForce);
        (Lines, entries, bad, badLines) = (layer.Lines, layer.Entries, layer.Bad, layer.BadLines);
    }

    /// <summary>It was finished before: what is sent again is ignored.</summary>
    public bool IsInForce { get; private set; }

    /// <summary>Lines received, those of earlier connections included that need not be sent again.</summary>
    public long Lines { get; private set; }

    internal static async ValueTask<ListImport> BeginAsync(
        ImportPlan plan,
        ListShelf shelf,
        IRecordStore records,
        ShelfStore store,
        IdentityHasher hasher,
        RequestClock clock,
        CancellationToken cancellation)
    {
        (LayerRecord layer, RecordVersion version) =
            await TakeAsync(plan, records, clock, cancellation).ConfigureAwait(false);
        bool isInForce = false;
        await store.ChangeAsync(
            found =>
            {
                isInForce = found.IsInForce(layer.Id);
                return isInForce || found.Imports.Contains(layer.Id) ? found : found.Begun(layer.Id);
            },
            cancellation).ConfigureAwait(false);
        LineReader reader = new(hasher, plan.CountryCode, plan.HashesOf);
        return new ListImport(shelf, records, clock, reader, layer, version, isInForce);
    }

    /// <summary>Takes the next lines; those that were received before are passed over.</summary>
    /// <param name="first">The number of the first, from 1.</param>
    /// <param name="lines">As they stand in the file.</param>
    /// <param name="cancellation">Ends the wait; the import can be resumed.</param>
    /// <exception cref="RequestException">Lines before the first are missing, or others go on with it.</exception>
    public async ValueTask AddAsync(long first, IReadOnlyList<string> lines, CancellationToken cancellation)
    {
        if (IsInForce)
        {
            return;
        }

        if (first < 1 || first > Lines + 1)
        {
            throw new RequestException(
                ProblemReason.LinesMissing,
                "lines.first",
                $"lines.first is {first}, but {Lines + 1} is the next line; go on from there.");
        }

        for (long known = Lines + 1 - first; known < lines.Count; known++)
        {
            Take(lines[(int)known]);
            if (pieceEntries == piece.Length || Lines - stored.Lines >= LinesPerPieceMax)
            {
                await SaveAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Switches to what was imported.</summary>
    /// <exception cref="RequestException">It is not all there, or the list may not become that.</exception>
    public async ValueTask<ImportResult> FinishAsync(ImportEnd end, CancellationToken cancellation)
    {
        if (!IsInForce)
        {
            if (end.Lines != Lines)
            {
                throw new RequestException(
                    ProblemReason.LinesMissing,
                    "end.lines",
                    $"end.lines is {end.Lines}, but {Lines} lines were received; send the rest, or start "
                    + "with another import_id.");
            }

            await SaveAsync(cancellation).ConfigureAwait(false);
            await shelf.Loaded.SwitchAsync(stored, end, shelf.Actor, cancellation).ConfigureAwait(false);
            IsInForce = true;
            await shelf.Loaded.TrySweepAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await shelf.Loaded.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        return new ImportResult(shelf.Get(stored.List), ImportProgress.Of(stored, isInForce: true));
    }

    private static async ValueTask<(LayerRecord Layer, RecordVersion Version)> TakeAsync(
        ImportPlan plan, IRecordStore records, RequestClock clock, CancellationToken cancellation)
    {
        RecordKey key = LayerRecord.KeyOf(plan.Layer);
        Record found = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < BeginTriesMax; tries++)
        {
            long now = clock.Now.ToUnixTimeTicks();
            LayerRecord layer = found.Exists
                ? Resume(LayerRecord.Read(found.Value.Span), plan, now)
                : LayerRecord.Of(plan, now);
            SaveResult saved = await records
                .TrySaveAsync(key, found.Version, layer.Write(), null, cancellation).ConfigureAwait(false);
            if (saved is SaveResult.Saved done)
            {
                return (layer, done.Version);
            }

            found = ((SaveResult.Conflict)saved).Current;
        }

        throw ShelfStore.Contended();
    }

    private static LayerRecord Resume(LayerRecord layer, ImportPlan plan, long now)
    {
        if (layer.Content != plan.Content)
        {
            throw new RequestException(
                ProblemReason.RequestIdReused,
                "import.import_id",
                "import.import_id was used for another import before; give a new one, or go on with that exactly.");
        }

        return layer.Segments.Length < SessionsMax ? layer.InNextSession(now) : throw new RequestException(
            ProblemReason.ImportGone,
            "import.import_id",
            $"The import was resumed {SessionsMax} times; start again with another import_id.");
    }

    private void Take(string line)
    {
        Lines++;
        if (LineReader.IsBlank(line))
        {
            return;
        }

        if (reader.Read(line, out ulong hash) is not { } fault)
        {
            piece[pieceEntries++] = hash;
            entries++;
            return;
        }

        bad++;
        if (badLines.Length < LayerRecord.BadLinesMax)
        {
            badLines = badLines.Add(new BadLine(Lines, fault));
        }
    }

    /// <summary>Makes what was received durable: first the segment, then the record that counts it.</summary>
    private async ValueTask SaveAsync(CancellationToken cancellation)
    {
        if (Lines == stored.Lines)
        {
            return;
        }

        int different = SortPiece();
        if (different > 0)
        {
            RequireRoom(different);
            SaveResult written = await records.TrySaveAsync(
                stored.NextKey(), RecordVersion.Absent, SegmentFormat.Write(piece.AsSpan(0, different)), null,
                    cancellation).ConfigureAwait(false);
            RequireSaved(written);
        }

        LayerRecord after = stored.WithPiece(different, clock.Now.ToUnixTimeTicks()) with
        {
            Lines = Lines,
            Entries = entries,
            Bad = bad,
            BadLines = badLines,
        };
        SaveResult saved = await records.TrySaveAsync(
            LayerRecord.KeyOf(stored.Id), version, after.Write(), null, cancellation).ConfigureAwait(false);
        version = RequireSaved(saved);
        (stored, pieceEntries) = (after, 0);
    }

    /// <summary>How many different entries the piece has.</summary>
    private int SortPiece()
    {
        Span<ulong> sorted = piece.AsSpan(0, pieceEntries);
        sorted.Sort();
        int count = 0;
        foreach (ulong hash in sorted)
        {
            if (count == 0 || piece[count - 1] != hash)
            {
                piece[count++] = hash;
            }
        }

        return count;
    }

    private void RequireRoom(int more)
    {
        if (stored.Stored + more > AddressSet.EntriesMax)
        {
            throw new RequestException(
                ProblemReason.ListTooLarge, "lines", $"A list holds at most {AddressSet.EntriesMax} addresses.");
        }
    }

    private static RecordVersion RequireSaved(SaveResult result) => result is SaveResult.Saved saved
        ? saved.Version
        : throw new RequestException(
            ProblemReason.Contended,
            "import.import_id",
            "Another connection goes on with this import, or it was given up; ask how far it is.");
}
