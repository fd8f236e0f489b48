using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Journals;

/// <summary>The journal, as the writer sees it inside its transaction.</summary>
internal sealed class JournalTable : IDisposable
{
    private readonly Statement find;
    private readonly Statement insert;
    private ReadOnlyMemory<byte> lastHash;

    public JournalTable(SqliteConnection connection)
    {
        find = new Statement(connection, "SELECT position FROM journal WHERE id = ?");
        insert = new Statement(
            connection,
            "INSERT INTO journal (position, id, at, kind, subject, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?)");
        (Last, lastHash) = ReadLast(connection);
    }

    /// <summary>The position of the last entry; 0 in an empty journal.</summary>
    public long Last { get; private set; }

    /// <summary>Appends a fact unless its id is already there, and answers with its position.</summary>
    public long Append(JournalFact fact)
    {
        if (Find(fact.Id) is { } position)
        {
            return position;
        }

        ReadOnlyMemory<byte> hash = JournalChain.Next(lastHash, fact);
        insert
            .Bind(1, Last + 1)
            .Bind(2, fact.Id)
            .Bind(3, fact.At.ToUnixTimeTicks())
            .Bind(4, fact.Kind)
            .Bind(5, fact.Subject)
            .Bind(6, fact.Data.Span)
            .Bind(7, hash.Span)
            .Run();
        lastHash = hash;
        return ++Last;
    }

    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
    }

    private static (long Position, ReadOnlyMemory<byte> Hash) ReadLast(SqliteConnection connection)
    {
        using Statement read = new(connection, "SELECT position, hash FROM journal ORDER BY position DESC LIMIT 1");
        return read.Step() ? (read.Number(0), read.Bytes(1)) : (0, JournalChain.Root);
    }

    private long? Find(string id)
    {
        try
        {
            return find.Bind(1, id).Step() ? find.Number(0) : null;
        }
        finally
        {
            find.Reset();
        }
    }
}
