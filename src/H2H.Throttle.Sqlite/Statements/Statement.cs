using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace H2H.Throttle.Sqlite.Statements;

/// <summary>A statement prepared once and run often, by one thread at a time.</summary>
/// <remarks>
/// Goes below <see cref="SqliteCommand"/>, which looks parameters up by name and makes a reader for every run: on the
/// path of every decision that is most of the time. Parameters count from 1, columns from 0.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private const int StackBytesMax = 512;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt prepared;

    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out prepared));
    }

    public Statement Bind(int parameter, long number)
    {
        Check(raw.sqlite3_bind_int64(prepared, parameter, number));
        return this;
    }

    public Statement Bind(int parameter, long? number)
    {
        Check(number is { } some
            ? raw.sqlite3_bind_int64(prepared, parameter, some)
            : raw.sqlite3_bind_null(prepared, parameter));
        return this;
    }

    public Statement Bind(int parameter, string text)
    {
        int bytesMax = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = bytesMax <= StackBytesMax ? stackalloc byte[StackBytesMax] : new byte[bytesMax];
        int length = Encoding.UTF8.GetBytes(text, bytes);
        Check(raw.sqlite3_bind_text(prepared, parameter, bytes[..length]));
        return this;
    }

    /// <remarks>No bytes are an empty blob, not NULL, which is what Sqlite makes of a null pointer.</remarks>
    public Statement Bind(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty
            ? raw.sqlite3_bind_zeroblob(prepared, parameter, 0)
            : raw.sqlite3_bind_blob(prepared, parameter, bytes));
        return this;
    }

    /// <summary>
    /// Moves to the next row; false if there is none. <see cref="Reset"/> must follow, whatever happens.
    /// </summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(prepared);
        switch (code)
        {
            case raw.SQLITE_ROW:
                return true;
            case raw.SQLITE_DONE:
                return false;
            default:
                Check(code);
                throw new UnreachableException();
        }
    }

    /// <summary>
    /// Ends the run, and with it the read transaction that a query holds. Repeats no error of the run.
    /// </summary>
    public void Reset() => _ = raw.sqlite3_reset(prepared);

    /// <summary>Runs a statement without rows and answers with how many rows it changed.</summary>
    public int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(prepared, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(prepared, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(prepared, column));

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(prepared, column).ToArray();

    public void Dispose() => prepared.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, database);
}
