using NodaTime;

namespace H2H.Throttle.Engine.Records;

/// <summary>
/// Keeps versioned values. Knows nothing of people, rules or what a value means. Safe from any thread.
/// </summary>
/// <remarks>
/// Every store passes <c>RecordStoreConformance</c>, which is this port's real documentation, and throws only
/// <see cref="StoreException"/>, <see cref="OperationCanceledException"/> and, once disposed,
/// <see cref="ObjectDisposedException"/>. A cancelled save may still happen: its outcome is unknown to the caller.
/// </remarks>
public interface IRecordStore
{
    /// <summary>The longest value that a store accepts, in bytes.</summary>
    public const int ValueBytesMax = 4 * 1024 * 1024;

    /// <summary>
    /// True if the records are in this process, so that a load costs less than a save which is refused.
    /// </summary>
    bool IsInProcess => false;

    /// <summary>
    /// What <see cref="LoadAsync"/> would answer, if the store has it at hand; null: it would have to look.
    /// </summary>
    Record? Recall(RecordKey key) => null;

    /// <summary>The latest value, or <see cref="Record.Absent"/>.</summary>
    ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation);

    /// <summary>
    /// Replaces the value if it is still at <paramref name="expected"/>; otherwise changes nothing and answers with
    /// what is there. When it answers <see cref="SaveResult.Saved"/>, the value survives a killed process.
    /// </summary>
    /// <param name="key">The record.</param>
    /// <param name="expected">The version to replace; <see cref="RecordVersion.Absent"/> to create.</param>
    /// <param name="value">
    /// At most <see cref="ValueBytesMax"/> bytes, else <see cref="ArgumentOutOfRangeException"/>.
    /// </param>
    /// <param name="expires">From this instant on the record is absent; null keeps it for good.</param>
    /// <param name="cancellation">Ends the wait, not necessarily the save.</param>
    ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation);

    /// <summary>As <see cref="LoadAsync"/> for each key, in fewer steps where the store knows some.</summary>
    /// <returns>An answer for each key, in their order; one that fails leaves the others alone.</returns>
    async ValueTask<StoreAnswer<Record>[]> LoadManyAsync(
        IReadOnlyList<RecordKey> wanted, CancellationToken cancellation) => await StoreAnswers.GatherAsync(
            wanted, (key, ending) => LoadAsync(key, ending), cancellation).ConfigureAwait(false);

    /// <summary>
    /// As <see cref="TrySaveAsync"/> for each save, in fewer steps where the store knows some. They are not one
    /// transaction: each is done, refused or failed by itself.
    /// </summary>
    /// <returns>An answer for each save, in their order; one that fails leaves the others alone.</returns>
    async ValueTask<StoreAnswer<SaveResult>[]> TrySaveManyAsync(
        IReadOnlyList<RecordSave> saves, CancellationToken cancellation) => await StoreAnswers.GatherAsync(
            saves,
            (save, ending) => TrySaveAsync(save.Key, save.Expected, save.Value, save.Expires, ending),
            cancellation).ConfigureAwait(false);

    /// <summary>
    /// Waits until a record that was saved is as safe as the store can make it, within its bounds, and says how safe
    /// that is. Null: the record is not at that version any more.
    /// </summary>
    ValueTask<Durability?> SecureAsync(RecordKey key, RecordVersion version, CancellationToken cancellation) =>
        ValueTask.FromResult<Durability?>(Durability.Unstated);

    /// <summary>
    /// Every record of a kind, ordered by the bytes of its id, from after <paramref name="afterId"/> (null: from the
    /// first). A record that is saved while the scan runs may show its old or its new value; none is shown twice and
    /// none that existed throughout is left out.
    /// </summary>
    IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, CancellationToken cancellation);
}
