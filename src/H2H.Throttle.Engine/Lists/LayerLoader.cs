using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Lists;

/// <summary>Loads what imports have brought, and puts lists together of it.</summary>
internal sealed class LayerLoader(IRecordStore records)
{
    /// <summary>What a list holds that is made of these imports.</summary>
    /// <param name="layers">In order.</param>
    /// <param name="known">What is loaded of the list already; null: nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null if one of them is gone or not whole: it was cleared away, or the store is damaged.</returns>
    /// <exception cref="StoreException">The store fails.</exception>
    public async ValueTask<AddressSet?> LoadAsync(
        ImmutableArray<string> layers, LoadedList? known, CancellationToken cancellation)
    {
        bool goesOn = known?.Set is not null
            && layers.Length >= known.Entry.Layers.Length
            && layers.AsSpan(0, known.Entry.Layers.Length).SequenceEqual(known.Entry.Layers.AsSpan());
        AddressSet whole = goesOn ? known!.Set! : AddressSet.Empty;
        foreach (string id in goesOn ? layers[known!.Entry.Layers.Length..] : layers)
        {
            if (await LoadAsync(id, cancellation).ConfigureAwait(false) is not var (mode, set))
            {
                return null;
            }

            whole = mode is ImportMode.Remove
                ? whole.Except(set)
                : whole.Count == 0 ? set : whole.Union(set);
        }

        return whole;
    }

    private async ValueTask<(ImportMode Mode, AddressSet Set)?> LoadAsync(string id, CancellationToken cancellation)
    {
        Record head = await records.LoadAsync(LayerRecord.KeyOf(id), cancellation).ConfigureAwait(false);
        if (!head.Exists)
        {
            return null;
        }

        LayerRecord layer = LayerRecord.Read(head.Value.Span);
        ulong[] hashes = new ulong[layer.Stored];
        int filled = 0;
        foreach (RecordKey key in layer.SegmentKeys())
        {
            Record segment = await records.LoadAsync(key, cancellation).ConfigureAwait(false);
            if (!segment.Exists)
            {
                return null;
            }

            filled += SegmentFormat.Read(segment.Value.Span, hashes.AsSpan(filled));
        }

        return filled == hashes.Length ? (layer.Mode, AddressSet.Of(hashes)) : null;
    }
}
