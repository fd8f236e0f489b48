using System.Collections.Immutable;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Engine.Policies;

/// <summary>The versions of the policy as the store holds them, where any server may add one.</summary>
internal sealed class PolicyRecords(IRecordStore store)
{
    private const int Step = 16;

    /// <summary>All versions after <paramref name="number"/>, in order; empty: there is none.</summary>
    /// <exception cref="StoreException">It fails, or versions are missing from it.</exception>
    public async ValueTask<ImmutableArray<PolicyVersionRecord>> ReadAfterAsync(
        long number, CancellationToken cancellation)
    {
        ImmutableArray<PolicyVersionRecord>.Builder found = ImmutableArray.CreateBuilder<PolicyVersionRecord>();
        while (await ReadAsync(number + found.Count + 1, cancellation).ConfigureAwait(false) is { } next)
        {
            found.Add(next);
        }

        await RequireNoneAsync(number + found.Count + 1, cancellation).ConfigureAwait(false);
        return found.ToImmutable();
    }

    /// <summary>True if there is no version after <paramref name="number"/>, and so none that is not known.</summary>
    public async ValueTask<bool> IsLastAsync(long number, CancellationToken cancellation) =>
        await ReadAsync(number + 1, cancellation).ConfigureAwait(false) is null;

    /// <summary>
    /// Makes the version if its number is not taken. Null: it is made; otherwise what has the number instead.
    /// </summary>
    public async ValueTask<PolicyVersionRecord?> TryMakeAsync(
        PolicyVersionRecord version, CancellationToken cancellation)
    {
        SaveResult saved = await store.TrySaveAsync(
            PolicyVersionRecord.KeyOf(version.Number), RecordVersion.Absent, version.Write(), null, cancellation)
            .ConfigureAwait(false);
        return saved is SaveResult.Conflict other ? PolicyVersionRecord.Read(other.Current.Value.Span) : null;
    }

    /// <summary>Before a first version is made: that there is none indeed, and not only the first one lost.</summary>
    /// <exception cref="StoreException">There are later ones.</exception>
    public async ValueTask RequireEmptyAsync(CancellationToken cancellation)
    {
        await foreach ((RecordKey key, _) in store
            .ScanAsync(PolicyVersionRecord.Kind, null, cancellation).ConfigureAwait(false))
        {
            if (key != PolicyVersionRecord.KeyOf(1))
            {
                throw Missing(1);
            }
        }
    }

    private static StoreException Missing(long number) => new(
        StoreFailure.Damaged, $"Version {number} of the policy is missing from the store. Restore a backup.");

    /// <summary>Looks further: one that another server publishes meanwhile is no gap, for its number is next.</summary>
    private async ValueTask RequireNoneAsync(long number, CancellationToken cancellation)
    {
        PolicyVersionRecord?[] beyond = await Task.WhenAll(Enumerable
            .Range(1, Step)
            .Select(ahead => ReadAsync(number + ahead, cancellation).AsTask())).ConfigureAwait(false);
        bool isGap = beyond.Any(static version => version is not null)
            && await ReadAsync(number, cancellation).ConfigureAwait(false) is null;
        if (isGap)
        {
            throw Missing(number);
        }
    }

    private async ValueTask<PolicyVersionRecord?> ReadAsync(long number, CancellationToken cancellation)
    {
        Record record = await store
            .LoadAsync(PolicyVersionRecord.KeyOf(number), cancellation).ConfigureAwait(false);
        return record.Exists ? PolicyVersionRecord.Read(record.Value.Span) : null;
    }
}
