using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Replicas;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>The records of a store, each a string of its own. Expiry goes by the clock of Redis.</summary>
/// <remarks>
/// What is asked at the same time is asked together; in a cluster, where keys lie on many servers, one by one, so that
/// no server is waited for on another's account.
/// </remarks>
internal sealed class RedisRecordStore : IRecordStore, IRecordCatalog
{
    private const int LoadPiece = 128;
    private const int SavePiece = 64;   // a quarter of a millisecond, in which Redis does nothing else
    private const int ScanPage = 32;
    private const int ScanStep = 1000;

    private readonly Link link;
    private readonly KeySpace keys;
    private readonly Lanes replicas;
    private readonly TimeProvider clock;
    private readonly Gathering<RedisKey, Record> loads;
    private readonly Gathering<PendingSave, SaveResult> saves;

    public RedisRecordStore(Link link, KeySpace keys, Lanes replicas, TimeProvider clock)
    {
        (this.link, this.keys, this.replicas, this.clock) = (link, keys, replicas, clock);
        loads = new Gathering<RedisKey, Record>(LoadTogetherAsync, LoadPiece, clock);
        saves = new Gathering<PendingSave, SaveResult>(SaveTogetherAsync, SavePiece, clock);
    }

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        cancellation.ThrowIfCancellationRequested();
        return link.IsCluster
            ? link.AskAsync(keys.Of(key), LoadOneAsync, cancellation)
            : new ValueTask<Record>(loads.AskAsync(keys.Of(key), cancellation));
    }

    public async ValueTask<StoreAnswer<Record>[]> LoadManyAsync(
        IReadOnlyList<RecordKey> wanted, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        RedisKey[] all = [.. wanted.Select(keys.Of)];
        return await InPiecesAsync(all, LoadPiece, LoadTogetherAsync, cancellation);
    }

    public ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PendingSave save = Pend(new RecordSave(key, expected, value, expires));
        return link.IsCluster
            ? link.AskAsync(save, SaveOneAsync, cancellation)
            : new ValueTask<SaveResult>(saves.AskAsync(save, cancellation));
    }

    public async ValueTask<StoreAnswer<SaveResult>[]> TrySaveManyAsync(
        IReadOnlyList<RecordSave> wanted, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PendingSave[] all = [.. wanted.Select(Pend)];
        return await InPiecesAsync(all, SavePiece, SaveTogetherAsync, cancellation);
    }

    public ValueTask<Durability?> SecureAsync(
        RecordKey key, RecordVersion version, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        return replicas.SecureAsync(keys.Of(key), version, cancellation);
    }

    /// <remarks>
    /// Goes through all keys of all primaries and holds the ids of the kind in memory to put them in order: it costs
    /// the store what it holds, not what it holds of the kind. While a cluster moves slots it may miss records.
    /// </remarks>
    public async IAsyncEnumerable<KeyValuePair<RecordKey, Record>> ScanAsync(
        string kind, string? afterId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IEnumerable<string> ids = (await FindAsync(keys.PatternOf(kind), cancellation))
            .Select(key => keys.IdOf(kind, key))
            .Where(id => afterId is null || string.CompareOrdinal(id, afterId) > 0)
            .Order(StringComparer.Ordinal);
        foreach (string[] page in ids.Chunk(ScanPage))
        {
            RecordKey[] found = [.. page.Select(id => new RecordKey(kind, id))];
            Record[] records = await Task.WhenAll(found.Select(key => LoadAsync(key, cancellation).AsTask()));
            for (int index = 0; index < found.Length; index++)
            {
                if (records[index].Exists)
                {
                    yield return new KeyValuePair<RecordKey, Record>(found[index], records[index]);
                }
            }
        }
    }

    /// <remarks>It costs what <see cref="ScanAsync"/> costs.</remarks>
    public async IAsyncEnumerable<KeptRecord> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        IEnumerable<RecordKey> found = (await FindAsync(keys.PatternOfAll(), cancellation))
            .Select(keys.Read)
            .OrderBy(static key => key.Kind, StringComparer.Ordinal)
            .ThenBy(static key => key.Id, StringComparer.Ordinal);
        foreach (RecordKey[] page in found.Chunk(ScanPage))
        {
            KeptRecord?[] kept = await Task.WhenAll(page.Select(key => KeepAsync(key, cancellation)));
            foreach (KeptRecord record in kept.OfType<KeptRecord>())
            {
                yield return record;
            }
        }
    }

    /// <remarks>It costs half of what <see cref="ListAsync"/> costs.</remarks>
    public async ValueTask<long> CountAsync(CancellationToken cancellation) =>
        (await FindAsync(keys.PatternOfAll(), cancellation)).Count;

    /// <summary>One GET, or one MGET, for which what is no record of ours is as good as absent.</summary>
    private async Task<StoreAnswer<Record>[]> LoadTogetherAsync(RedisKey[] wanted, long since)
    {
        if (wanted.Length == 1)
        {
            return [new(await link.AskSinceAsync(wanted[0], LoadOneAsync, since), null)];
        }

        if (link.IsCluster)
        {
            return await OneByOneAsync(wanted, LoadTogetherAsync, since);
        }

        RedisValue[] stored = await link.AskSinceAsync(
            wanted, static (database, keys) => database.StringGetAsync(keys), since);
        return Array.ConvertAll(stored, Read);

        static StoreAnswer<Record> Read(RedisValue value)
        {
            try
            {
                return new(RecordFormat.Read(value), null);
            }
            catch (StoreException foreign)
            {
                return new(null, foreign);
            }
        }
    }

    private static async Task<Record> LoadOneAsync(IDatabase database, RedisKey key) =>
        RecordFormat.Read(await database.StringGetAsync(key));

    private static async Task<SaveResult> SaveOneAsync(IDatabase database, PendingSave save) =>
        await SaveScript.RunAsync(database, save) is { } current
            ? new SaveResult.Conflict(current)
            : new SaveResult.Saved(save.Version);

    private async Task<StoreAnswer<SaveResult>[]> SaveTogetherAsync(PendingSave[] wanted, long since)
    {
        if (wanted.Length == 1)
        {
            return [new(await link.AskSinceAsync(wanted[0], SaveOneAsync, since), null)];
        }

        return link.IsCluster
            ? await OneByOneAsync(wanted, SaveTogetherAsync, since)
            : await link.AskSinceAsync(wanted, SaveManyScript.RunAsync, since);
    }

    private async Task<StoreAnswer<TAnswer>[]> InPiecesAsync<TQuestion, TAnswer>(
        TQuestion[] all,
        int piece,
        Func<TQuestion[], long, Task<StoreAnswer<TAnswer>[]>> ask,
        CancellationToken cancellation)
        where TAnswer : class
    {
        long since = clock.GetTimestamp();
        StoreAnswer<TAnswer>[][] answers = await Task
            .WhenAll(all.Chunk(piece).Select(some => OfAllAsync(some, ask, since)))
            .WaitAsync(cancellation);
        return [.. answers.SelectMany(static some => some)];
    }

    private static async Task<StoreAnswer<TAnswer>[]> OneByOneAsync<TQuestion, TAnswer>(
        TQuestion[] all, Func<TQuestion[], long, Task<StoreAnswer<TAnswer>[]>> ask, long since)
        where TAnswer : class
    {
        StoreAnswer<TAnswer>[][] answers = await Task.WhenAll(all.Select(one => OfAllAsync([one], ask, since)));
        return [.. answers.SelectMany(static one => one)];
    }

    /// <summary>What fails for all fails for each of them.</summary>
    private static async Task<StoreAnswer<TAnswer>[]> OfAllAsync<TQuestion, TAnswer>(
        TQuestion[] some, Func<TQuestion[], long, Task<StoreAnswer<TAnswer>[]>> ask, long since)
        where TAnswer : class
    {
        try
        {
            return await ask(some, since);
        }
        catch (StoreException failure)
        {
            return Array.ConvertAll(some, _ => new StoreAnswer<TAnswer>(null, failure));
        }
    }

    private PendingSave Pend(RecordSave save)
    {
        ArgumentNullException.ThrowIfNull(save.Key.Kind, nameof(save));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(save.Value.Length, IRecordStore.ValueBytesMax, nameof(save));
        RecordVersion version = RecordFormat.NewVersion();
        return new PendingSave(
            keys.Of(save.Key),
            save.Expected,
            version,
            RecordFormat.Write(version, save.Value),
            MillisecondsOf(save.Expires));
    }

    /// <summary>Null: it is not there any more.</summary>
    private async Task<KeptRecord?> KeepAsync(RecordKey key, CancellationToken cancellation)
    {
        RedisValueWithExpiry stored = await link.AskAsync(
            keys.Of(key), static (database, key) => database.StringGetWithExpiryAsync(key), cancellation);
        Record record = RecordFormat.Read(stored.Value);
        Instant? expires = stored.Expiry is { } left
            ? Instant.FromDateTimeOffset(clock.GetUtcNow()) + Duration.FromTimeSpan(left)
            : null;
        return record.Exists ? new KeptRecord(key, record.Value, expires) : null;
    }

    /// <summary>Rounded up, so that nothing is gone before its time; at least 1, the least that Redis takes.</summary>
    private static long? MillisecondsOf(Instant? expires) => expires is { } some
        ? long.Max(1, (some.ToUnixTimeTicks() + NodaConstants.TicksPerMillisecond - 1)
            / NodaConstants.TicksPerMillisecond)
        : null;

    /// <summary>The names of all keys that match, each once.</summary>
    private async ValueTask<HashSet<string>> FindAsync(string pattern, CancellationToken cancellation)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (IServer server in await link.PrimariesAsync(cancellation))
        {
            string cursor = "0";
            do
            {
                (cursor, string[] step) = await link.AskAsync(
                    (server, cursor, pattern),
                    static asked => StepAsync(asked.server, asked.cursor, asked.pattern),
                    cancellation);
                found.UnionWith(step);
            }
            while (cursor != "0");
        }

        return found;
    }

    private static async Task<(string Cursor, string[] Keys)> StepAsync(IServer server, string cursor, string pattern)
    {
        RedisResult answer = await server.ExecuteAsync(
            server.Multiplexer.GetDatabase().Database, "SCAN", [cursor, "MATCH", pattern, "COUNT", ScanStep]);
        return ((string)answer[0]!, (string[])answer[1]!);
    }
}
