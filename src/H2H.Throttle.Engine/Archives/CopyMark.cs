using System.Security.Cryptography;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Archives;

/// <summary>Says in a store that a copy into it is under way, and of what: only that one may go on there.</summary>
internal sealed class CopyMark(IRecordStore records)
{
    public const string Kind = "copy";

    private static readonly RecordKey Key = new(Kind, "under-way");

    /// <summary>What tells one source from another: the first of what it keeps that never changes.</summary>
    public static async Task<byte[]> OfAsync(IContent source, CancellationToken cancellation)
    {
        await foreach (Journals.JournalEntry first in source.ReadJournalAsync(cancellation).ConfigureAwait(false))
        {
            return SHA256.HashData(first.Hash.Span);
        }

        return SHA256.HashData([]);
    }

    /// <summary>True if a copy of that source was begun and not finished.</summary>
    public async Task<bool> IsSetAsync(byte[] source, CancellationToken cancellation)
    {
        Record mark = await records.LoadAsync(Key, cancellation).ConfigureAwait(false);
        return mark.Exists && mark.Value.Span.SequenceEqual(source);
    }

    public Task SetAsync(byte[] source, CancellationToken cancellation) => SaveAsync(source, null, cancellation);

    public Task ClearAsync(CancellationToken cancellation) =>
        SaveAsync([], NodaConstants.UnixEpoch + Duration.FromDays(1), cancellation);

    private async Task SaveAsync(byte[] value, Instant? expires, CancellationToken cancellation)
    {
        Record mark = await records.LoadAsync(Key, cancellation).ConfigureAwait(false);
        await records.TrySaveAsync(Key, mark.Version, value, expires, cancellation).ConfigureAwait(false);
    }
}
