using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Tests;

/// <summary>Keeps the writer of a store from beginning a transaction, as an operator's own tool might.</summary>
/// <remarks>Until it is disposed; the writer waits for five seconds and then fails.</remarks>
internal sealed class HeldCommit : IDisposable
{
    private readonly SqliteConnection connection;

    public HeldCommit(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Script.Run(connection, "PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
    }

    public void Dispose() => connection.Dispose();
}
