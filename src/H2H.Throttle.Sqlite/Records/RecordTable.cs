using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Records;

/// <summary>The records, as the writer sees them inside its transaction.</summary>
/// <remarks>
/// Versions are numbered through the whole file, so that a key which comes back gets none of its old ones.
/// </remarks>
internal sealed class RecordTable : IDisposable
{
    private readonly RecordCache cache;
    private readonly Dictionary<RecordKey, StoredRecord?> unpublished = [];
    private readonly Statement find;
    private readonly Statement add;
    private readonly Statement put;
    private readonly Statement refresh;
    private readonly Statement sweep;
    private readonly Statement saveLastVersion;
    private long lastVersion;
    private long savedVersion;

    public RecordTable(SqliteConnection connection, RecordCache cache)
    {
        this.cache = cache;
        find = new Statement(connection, "SELECT version, expires, value FROM record WHERE kind = ? AND id = ?");
        add = new Statement(
            connection,
            """
            INSERT INTO record (kind, id, version, expires, value, sweep_hour) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (kind, id) DO NOTHING
            """);
        put = new Statement(
            connection,
            """
            INSERT INTO record (kind, id, version, expires, value, sweep_hour) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (kind, id) DO UPDATE
            SET version = excluded.version, expires = excluded.expires, value = excluded.value,
                sweep_hour = excluded.sweep_hour
            """);
        refresh = new Statement(
            connection, "UPDATE record SET version = ?3, expires = ?4, value = ?5 WHERE kind = ?1 AND id = ?2");
        sweep = new Statement(
            connection,
            """
            DELETE FROM record WHERE (kind, id) IN
                (SELECT kind, id FROM record WHERE sweep_hour < ?1 ORDER BY sweep_hour LIMIT ?2)
            RETURNING kind, id
            """);
        saveLastVersion = new Statement(connection, "UPDATE last_version SET number = ?");
        lastVersion = savedVersion = ReadLastVersion(connection);
    }

    /// <summary>Replaces a record that is still at <paramref name="expected"/>.</summary>
    /// <param name="key">The record.</param>
    /// <param name="expected">The version to replace.</param>
    /// <param name="value">What to store.</param>
    /// <param name="expires">From this tick on it is absent; null keeps it.</param>
    /// <param name="now">The tick at which the record is judged expired or not.</param>
    public SaveResult TrySave(RecordKey key, RecordVersion expected, byte[] value, long? expires, long now)
    {
        StoredRecord? stored = FindInMemory(key);
        if (stored is null && expected == RecordVersion.Absent && TryAdd(key, value, expires) is { } added)
        {
            return added;
        }

        stored ??= FindInFile(key);
        Record current = stored?.At(now) ?? Record.Absent;
        if (current.Version != expected)
        {
            return new SaveResult.Conflict(current);
        }

        RecordVersion version = new(++lastVersion);
        Put(key, stored, new StoredRecord(new Record(version, value), expires));
        return new SaveResult.Saved(version);
    }

    /// <summary>Clears away records that expired before the present hour, and answers with how many.</summary>
    public int Sweep(long now, int max)
    {
        int swept = 0;
        try
        {
            sweep.Bind(1, RecordTime.HourOf(now)).Bind(2, max);
            for (; sweep.Step(); swept++)
            {
                unpublished[new RecordKey(sweep.Text(0), sweep.Text(1))] = null;
            }

            return swept;
        }
        finally
        {
            sweep.Reset();
        }
    }

    /// <summary>Remembers the last version given, before the transaction that gave it commits.</summary>
    public void SaveLastVersion()
    {
        if (savedVersion != lastVersion)
        {
            saveLastVersion.Bind(1, lastVersion).Run();
            savedVersion = lastVersion;
        }
    }

    /// <summary>Shows readers what the transaction did, once it has been committed.</summary>
    public void Publish()
    {
        foreach ((RecordKey key, StoredRecord? committed) in unpublished)
        {
            cache.Publish(key, committed);
        }

        unpublished.Clear();
    }

    public void Dispose()
    {
        find.Dispose();
        add.Dispose();
        put.Dispose();
        refresh.Dispose();
        sweep.Dispose();
        saveLastVersion.Dispose();
    }

    private static long ReadLastVersion(SqliteConnection connection)
    {
        using Statement read = new(connection, "SELECT number FROM last_version");
        return read.Step()
            ? read.Number(0)
            : throw new SqliteException("The last version is missing.", SQLitePCL.raw.SQLITE_CORRUPT);
    }

    /// <summary>Most who are nobody yet are new, which the file finds by itself; null: somebody was there.</summary>
    private SaveResult.Saved? TryAdd(RecordKey key, byte[] value, long? expires)
    {
        RecordVersion version = new(lastVersion + 1);
        StoredRecord made = new(new Record(version, value), expires);
        if (Run(add.Bind(6, RecordTime.HourOf(expires)), key, made) == 0)
        {
            return null;
        }

        lastVersion++;
        unpublished[key] = made;
        return new SaveResult.Saved(version);
    }

    private void Put(RecordKey key, StoredRecord? old, StoredRecord stored)
    {
        long? hour = RecordTime.HourOf(stored.Expires);
        bool isListed = old is not null && RecordTime.HourOf(old.Expires) == hour;
        if (Run(isListed ? refresh : put.Bind(6, hour), key, stored) != 1)
        {
            throw new InvalidOperationException("a record was taken out of the file while the store was open");
        }

        unpublished[key] = stored;
    }

    private static int Run(Statement write, RecordKey key, StoredRecord stored) => write
        .Bind(1, key.Kind)
        .Bind(2, key.Id)
        .Bind(3, stored.Record.Version.Number)
        .Bind(4, stored.Expires)
        .Bind(5, stored.Record.Value.Span)
        .Run();

    private StoredRecord? FindInMemory(RecordKey key) =>
        unpublished.TryGetValue(key, out StoredRecord? stored) ? stored : cache.Find(key);

    private StoredRecord? FindInFile(RecordKey key)
    {
        try
        {
            return find.Bind(1, key.Kind).Bind(2, key.Id).Step()
                ? new StoredRecord(new Record(new RecordVersion(find.Number(0)), find.Bytes(2)), find.NumberOrNull(1))
                : null;
        }
        finally
        {
            find.Reset();
        }
    }
}
