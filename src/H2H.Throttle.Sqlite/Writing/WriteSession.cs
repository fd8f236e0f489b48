using H2H.Throttle.Sqlite.Files;
using H2H.Throttle.Sqlite.Journals;
using H2H.Throttle.Sqlite.Records;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;

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
            PRAGMA wal_autocheckpoint = {options.LogPagesMax};
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
