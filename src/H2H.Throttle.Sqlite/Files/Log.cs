using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace H2H.Throttle.Sqlite.Files;

/// <summary>The write-ahead log beside the file.</summary>
internal static class Log
{
    /// <summary>
    /// Moves its pages into the file, but for those that a reader still needs where they are; waits for nobody.
    /// </summary>
    /// <returns>How many pages there were when this began and how many of them are moved; 0 of 0 if another connection
    /// was at it.</returns>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public static (int Pages, int Moved) Move(SqliteConnection connection)
    {
        int code = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out int moved);
        if (code == raw.SQLITE_BUSY)
        {
            return (0, 0);
        }

        SqliteException.ThrowExceptionForRC(code, connection.Handle);
        return (pages, moved);
    }
}
