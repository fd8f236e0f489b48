using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Pools;

/// <summary>Loads and saves the records of pools.</summary>
internal sealed class PoolStore(IRecordStore records, ThrottleOptions options, Readiness readiness)
{
    public const string Kind = "pool";

    /// <summary>How long a pool is kept that nobody is in.</summary>
    private static readonly Duration EmptyKept = Duration.FromDays(1);

    private readonly Turns<PoolKey> turns = new();

    public ValueTask<Turns<PoolKey>.Holder> TakeTurnAsync(PoolKey pool, CancellationToken cancellation) =>
        turns.TakeAsync(pool, cancellation);

    public async ValueTask<StoredPool> LoadAsync(PoolKey pool, CancellationToken cancellation)
    {
        readiness.Require();
        return Read(pool, await records.LoadAsync(KeyOf(pool), cancellation).ConfigureAwait(false));
    }

    /// <summary>Null: it is saved; otherwise what is there instead.</summary>
    public async ValueTask<StoredPool?> TrySaveAsync(
        StoredPool before, PoolRecord after, Instant now, CancellationToken cancellation)
    {
        Instant? expires = after.Members.IsEmpty && !options.TrustRequestTime ? now + EmptyKept : null;
        SaveResult result = await records.TrySaveAsync(
            KeyOf(before.Key), before.Version, PoolCodec.Write(after), expires, cancellation).ConfigureAwait(false);
        return result is SaveResult.Conflict conflict ? Read(before.Key, conflict.Current) : null;
    }

    /// <summary>Changes a pool's record; <paramref name="change"/> answers null if it is right as it is.</summary>
    /// <returns>Whether it was changed.</returns>
    /// <exception cref="RequestException">Others kept being quicker.</exception>
    public async ValueTask<bool> ChangeAsync(
        PoolKey pool, Instant now, Func<PoolRecord, PoolRecord?> change, CancellationToken cancellation)
    {
        StoredPool current = await LoadAsync(pool, cancellation).ConfigureAwait(false);
        for (int tries = 0; tries < options.SaveTriesMax; tries++)
        {
            if (change(current.Record) is not { } after)
            {
                return false;
            }

            if (await TrySaveAsync(current, after, now, cancellation).ConfigureAwait(false) is not { } other)
            {
                return true;
            }

            current = other;
            if (Rivalry.IsStuck(tries + 1))
            {
                await Rivalry.StepAsideAsync(tries + 1, cancellation).ConfigureAwait(false);
                current = await LoadAsync(pool, cancellation).ConfigureAwait(false);
            }
        }

        throw Contended();
    }

    public static RequestException Contended() => new(
        ProblemReason.Contended,
        "",
        "Too many callers changed this person or a pool of theirs at once; nothing was changed. Repeat the call.");

    private static RecordKey KeyOf(PoolKey pool) => new(Kind, pool.Text);

    private static StoredPool Read(PoolKey pool, Record record) => new(
        pool, record.Version, record.Exists ? PoolCodec.Read(record.Value.Span) : PoolRecord.Empty);
}
