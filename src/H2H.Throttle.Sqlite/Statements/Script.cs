using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace H2H.Throttle.Sqlite.Statements;

/// <summary>Statements run once and without rows: pragmas, which take no parameters, and the schema.</summary>
internal static class Script
{
    /// <exception cref="SqliteException">A statement fails; those before it stand.</exception>
    public static void Run(SqliteConnection connection, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, sql), connection.Handle);
}
