using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Files;
using H2H.Throttle.Sqlite.Records;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace H2H.Throttle.Sqlite.Reading;

/// <summary>One read connection and its statements; used by one thread at a time.</summary>
internal sealed class Reader : IDisposable
{
    private const int PageCountMax = 256;
    private const int PageBytesMax = 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement end;
    private readonly Statement load;
    private readonly Statement scan;
    private readonly Statement list;
    private readonly Statement count;
    private readonly Statement entries;
    private readonly Statement lastEntry;

    private Reader(SqliteConnection connection)
    {
        this.connection = connection;
        begin = new Statement(connection, "BEGIN");
        end = new Statement(connection, "COMMIT");
        load = new Statement(connection, "SELECT version, expires, value FROM record WHERE kind = ? AND id = ?");
        scan = new Statement(
            connection,
            """
            SELECT id, version, value FROM record
            WHERE kind = ? AND id > ? AND (expires IS NULL OR expires > ?) ORDER BY id
            """);
        list = new Statement(
            connection,
            """
            SELECT kind, id, expires, value FROM record
            WHERE (kind, id) > (?, ?) AND (expires IS NULL OR expires > ?) ORDER BY kind, id
            """);
        count = new Statement(connection, "SELECT COUNT(*) FROM record WHERE expires IS NULL OR expires > ?");
        entries = new Statement(
            connection,
            """
            SELECT position, id, at, kind, subject, data, hash FROM journal
            WHERE position > ? ORDER BY position LIMIT ?
            """);
        lastEntry = new Statement(
            connection,
            """
            SELECT position, id, at, kind, subject, data, hash FROM journal
            ORDER BY position DESC LIMIT 1
            """);
    }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public static Reader Open(StoreFile file)
    {
        SqliteConnection connection = file.Connect("PRAGMA query_only = ON");
        try
        {
            return new Reader(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The record as of the last commit, expired or not; null if there is none.</summary>
    public StoredRecord? Load(RecordKey key)
    {
        try
        {
            return load.Bind(1, key.Kind).Bind(2, key.Id).Step()
                ? new StoredRecord(new Record(new RecordVersion(load.Number(0)), load.Bytes(2)), load.NumberOrNull(1))
                : null;
        }
        finally
        {
            load.Reset();
        }
    }

    /// <summary>The same for each key, all as of one commit.</summary>
    public StoredRecord?[] Load(IReadOnlyList<RecordKey> keys)
    {
        begin.Run();
        StoredRecord?[] loaded = [.. keys.Select(Load)];
        end.Run();
        return loaded;
    }

    /// <summary>
    /// The next records of a kind after an id, by the bytes of their ids; none means there are no more.
    /// </summary>
    /// <remarks>A page ends at a number of records or of bytes, whichever comes first.</remarks>
    public List<KeyValuePair<RecordKey, Record>> ScanPage(string kind, string afterId, long now)
    {
        List<KeyValuePair<RecordKey, Record>> page = [];
        try
        {
            scan.Bind(1, kind).Bind(2, afterId).Bind(3, now);
            for (int bytes = 0; page.Count < PageCountMax && bytes < PageBytesMax && scan.Step();)
            {
                Record record = new(new RecordVersion(scan.Number(1)), scan.Bytes(2));
                page.Add(new(new RecordKey(kind, scan.Text(0)), record));
                bytes += record.Value.Length;
            }

            return page;
        }
        finally
        {
            scan.Reset();
        }
    }

    /// <summary>The next records of all kinds after one, by kind and id; none means there are no more.</summary>
    /// <remarks>A page ends as one of <see cref="ScanPage"/>.</remarks>
    public List<KeptRecord> ListPage(string kind, string id, long now)
    {
        List<KeptRecord> page = [];
        try
        {
            list.Bind(1, kind).Bind(2, id).Bind(3, now);
            for (int bytes = 0; page.Count < PageCountMax && bytes < PageBytesMax && list.Step();)
            {
                Instant? expires = list.NumberOrNull(2) is { } ticks ? Instant.FromUnixTimeTicks(ticks) : null;
                KeptRecord kept = new(new RecordKey(list.Text(0), list.Text(1)), list.Bytes(3), expires);
                page.Add(kept);
                bytes += kept.Value.Length;
            }

            return page;
        }
        finally
        {
            list.Reset();
        }
    }

    /// <summary>How many records of all kinds there are. It goes through all of them.</summary>
    public long CountRecords(long now)
    {
        try
        {
            return count.Bind(1, now).Step() ? count.Number(0) : 0;
        }
        finally
        {
            count.Reset();
        }
    }

    /// <summary>At most <paramref name="max"/> journal entries after a position.</summary>
    public List<JournalEntry> Entries(long position, int max)
    {
        List<JournalEntry> read = [];
        try
        {
            entries.Bind(1, position).Bind(2, max);
            while (entries.Step())
            {
                read.Add(EntryOf(entries));
            }

            return read;
        }
        finally
        {
            entries.Reset();
        }
    }

    /// <summary>The last journal entry; null: there is none.</summary>
    public JournalEntry? LastEntry()
    {
        try
        {
            return lastEntry.Step() ? EntryOf(lastEntry) : null;
        }
        finally
        {
            lastEntry.Reset();
        }
    }

    public void Dispose()
    {
        begin.Dispose();
        end.Dispose();
        load.Dispose();
        scan.Dispose();
        list.Dispose();
        count.Dispose();
        entries.Dispose();
        lastEntry.Dispose();
        connection.Dispose();
    }

    /// <exception cref="StoreException">It is no entry that was ever written: somebody changed it.</exception>
    private static JournalEntry EntryOf(Statement row)
    {
        long position = row.Number(0);
        try
        {
            Instant at = Instant.FromUnixTimeTicks(row.Number(2));
            JournalFact fact = new(row.Text(1), at, row.Text(3), row.Text(4), row.Bytes(5));
            return new JournalEntry(position, fact, row.Bytes(6));
        }
        catch (ArgumentException damage)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"Entry {position} of the journal is none. Restore a backup.", damage);
        }
    }
}
