using System.Runtime.CompilerServices;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Redis.Connections;
using H2H.Throttle.Redis.Replicas;
using NodaTime;
using StackExchange.Redis;

namespace H2H.Throttle.Redis.Records;

/// <summary>The records of a store, each a string of its own. Expiry goes by the clock of Redis.</summary>
internal sealed class RedisRecordStore(Link link, KeySpace keys, Lanes replicas, TimeProvider clock)
    : IRecordStore, IRecordCatalog
{
    private const int ScanPage = 32;
    private const int ScanStep = 1000;

    public ValueTask<Record> LoadAsync(RecordKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        return link.AskAsync(
            keys.Of(key),
            static async (database, key) => RecordFormat.Read(await database.StringGetAsync(key)),
            cancellation);
    }

    public async ValueTask<SaveResult> TrySaveAsync(
        RecordKey key,
        RecordVersion expected,
        ReadOnlyMemory<byte> value,
        Instant? expires,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key.Kind, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, IRecordStore.ValueBytesMax, nameof(value));
        RecordVersion version = RecordFormat.NewVersion();
        PendingSave save = new(
            keys.Of(key), expected, version, RecordFormat.Write(version, value), MillisecondsOf(expires));

        return await link.AskAsync(save, SaveScript.RunAsync, cancellation) is { } current
            ? new SaveResult.Conflict(current)
            : new SaveResult.Saved(version);
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
