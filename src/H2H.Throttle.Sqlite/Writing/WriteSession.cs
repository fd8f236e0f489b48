using H2H.Throttle.Sqlite.Files;
using H2H.Throttle.Sqlite.Journals;
using H2H.Throttle.Sqlite.Records;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>
/// The one connection that writes. After any error it is thrown away, which rolls back, and opened anew.
/// </summary>
internal sealed class WriteSession : IDisposable
{
    private const int CacheKibibytes = 32 * 1024;
    private const int LogBytesKept = 64 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement commit;

    private WriteSession(SqliteConnection connection, RecordCache cache)
    {
        this.connection = connection;
        begin = new Statement(connection, "BEGIN IMMEDIATE");
        commit = new Statement(connection, "COMMIT");
        Records = new RecordTable(connection, cache);
        Journal = new JournalTable(connection);
    }

    public RecordTable Records { get; }

    public JournalTable Journal { get; }

    /// <exception cref="SqliteException">The file cannot be opened for writing.</exception>
    public static WriteSession Open(StoreFile file, SqliteOptions options, RecordCache cache)
    {
        SqliteConnection connection = file.Connect(
            $"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = FAST;
            PRAGMA cache_size = -{CacheKibibytes};
            PRAGMA journal_size_limit = {LogBytesKept};
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA max_page_count = {PagesMax(options.FileBytesMax)};
            """);
        try
        {
            return new WriteSession(connection, cache);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Begin() => begin.Run();

    /// <summary>Makes everything since <see cref="Begin"/> durable, and then shows it to readers.</summary>
    public void Commit()
    {
        Records.SaveLastVersion();
        commit.Run();
        Records.Publish();
    }

    /// <summary>How many pages commits have logged since this was asked last.</summary>
    public int TakePagesLogged()
    {
        const int pagesWritten = 9;   // SQLITE_DBSTATUS_CACHE_WRITE
        raw.sqlite3_db_status(connection.Handle, pagesWritten, out int pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>Moves what is left in the log, so that the next commit can begin it anew.</summary>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public void MoveLog() => Log.Move(connection);

    public void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        Records.Dispose();
        Journal.Dispose();
        connection.Dispose();
    }

    private static long PagesMax(long bytesMax)
    {
        const long sqlitePagesMax = 4_294_967_294;
        return bytesMax == 0 ? sqlitePagesMax : Math.Clamp(bytesMax / FileFormat.PageBytes, 1, sqlitePagesMax);
    }
}
