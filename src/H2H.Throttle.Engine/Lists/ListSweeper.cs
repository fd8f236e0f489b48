using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>Clears away what no list is made of any more, and imports that nobody went on with.</summary>
internal sealed class ListSweeper(IRecordStore records, ShelfStore shelf)
{
    /// <summary>How long an import that was broken off may be resumed.</summary>
    public static Duration ImportKept { get; } = Duration.FromHours(48);

    /// <exception cref="StoreException">The store fails; what is left is cleared away another time.</exception>
    public async ValueTask SweepAsync(Instant now, CancellationToken cancellation)
    {
        (_, ShelfRecord before) = await shelf.LoadAsync(cancellation).ConfigureAwait(false);
        ImmutableArray<string> abandoned = await AbandonedAsync(before, now, cancellation).ConfigureAwait(false);
        if (!abandoned.IsEmpty)
        {
            await shelf.ChangeAsync(Abandon, cancellation).ConfigureAwait(false);
        }

        if (before.Leftovers.IsEmpty && abandoned.IsEmpty)
        {
            return;
        }

        (_, ShelfRecord after) = await shelf.LoadAsync(cancellation).ConfigureAwait(false);
        foreach (string layer in after.Leftovers)
        {
            await ClearAsync(layer, now, cancellation).ConfigureAwait(false);
            await shelf.ChangeAsync(
                found => found.Leftovers.Contains(layer)
                    ? found with { Leftovers = found.Leftovers.Remove(layer) }
                    : found,
                cancellation).ConfigureAwait(false);
        }

        // One that was finished or resumed in between is no import any more, or is one that is gone: both are refused.
        ShelfRecord Abandon(ShelfRecord found)
        {
            ImmutableArray<string> still = [.. abandoned.Where(layer => found.Imports.Contains(layer))];
            return still.IsEmpty ? found : found with
            {
                Imports = found.Imports.RemoveRange(still),
                Leftovers = found.Leftovers.AddRange(still),
            };
        }
    }

    private async ValueTask<ImmutableArray<string>> AbandonedAsync(
        ShelfRecord found, Instant now, CancellationToken cancellation)
    {
        ImmutableArray<string>.Builder abandoned = ImmutableArray.CreateBuilder<string>();
        foreach (string id in found.Imports)
        {
            Record record = await records.LoadAsync(LayerRecord.KeyOf(id), cancellation).ConfigureAwait(false);
            if (record.Exists
                && now - Instant.FromUnixTimeTicks(LayerRecord.Read(record.Value.Span).TouchedAt) > ImportKept)
            {
                abandoned.Add(id);
            }
        }

        return abandoned.ToImmutable();
    }

    private async ValueTask ClearAsync(string id, Instant now, CancellationToken cancellation)
    {
        RecordKey key = LayerRecord.KeyOf(id);
        Record record = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        if (!record.Exists)
        {
            return;
        }

        LayerRecord layer = LayerRecord.Read(record.Value.Span);
        foreach (RecordKey segment in layer.SegmentKeys().Concat(layer.StrayKeys()))
        {
            await EraseAsync(segment, now, cancellation).ConfigureAwait(false);
        }

        await EraseAsync(key, now, cancellation).ConfigureAwait(false);
    }

    /// <remarks>A store forgets what has expired; that is how a record is taken away.</remarks>
    private async ValueTask EraseAsync(RecordKey key, Instant now, CancellationToken cancellation)
    {
        Record found = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
        while (found.Exists
            && await records.TrySaveAsync(
                key, found.Version, ReadOnlyMemory<byte>.Empty, now - Duration.FromDays(1), cancellation)
                .ConfigureAwait(false) is SaveResult.Conflict other)
        {
            found = other.Current;
        }
    }
}
