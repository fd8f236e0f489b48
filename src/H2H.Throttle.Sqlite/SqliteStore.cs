using System.ComponentModel.DataAnnotations;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Files;
using H2H.Throttle.Sqlite.Journals;
using H2H.Throttle.Sqlite.Reading;
using H2H.Throttle.Sqlite.Records;
using H2H.Throttle.Sqlite.Writing;

namespace H2H.Throttle.Sqlite;

/// <summary>The embedded store: both ports over one file, used by one process.</summary>
/// <remarks>
/// Writes of both ports that arrive while a commit runs share the next one, and each is acknowledged only after the
/// disk has it. After a failed commit nothing of it is stored and the next one is tried afresh.
/// </remarks>
public sealed class SqliteStore : IAsyncDisposable
{
    private readonly StoreFile file;
    private readonly Arrivals arrivals;
    private readonly Readers readers;
    private readonly Writer writer;
    private readonly Lazy<Task> closing;

    private SqliteStore(StoreFile file, SqliteOptions options, TimeProvider clock)
    {
        this.file = file;
        arrivals = new Arrivals();
        RecordCache cache = new(options.CacheBytesMax);
        writer = Writer.Start(file, options, clock, cache, arrivals);
        readers = new Readers(file, options.ReadersMax);
        closing = new Lazy<Task>(CloseAsync);
        SqliteRecordStore records = new(cache, readers, writer, clock);
        (Records, Catalog) = (records, records);
        Journal = new SqliteJournal(readers, writer, arrivals);
    }

    public IRecordStore Records { get; }

    public IRecordCatalog Catalog { get; }

    public IJournal Journal { get; }

    /// <summary>Opens the store, made if missing, and brings back what a killed process had committed.</summary>
    /// <param name="options">Read once, now.</param>
    /// <param name="clock">Judges which records have expired.</param>
    /// <exception cref="StoreException">
    /// The file is in use, foreign, newer, damaged, read-only or full; the message names it and says what to do.
    /// </exception>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static SqliteStore Open(SqliteOptions options, TimeProvider clock)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        StoreFile file = StoreFile.Open(options.Path);
        try
        {
            return new SqliteStore(file, options, clock);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Refuses new calls, finishes the writes that wait, closes the file and lets other processes in.
    /// </summary>
    public async ValueTask DisposeAsync() => await closing.Value;

    private async Task CloseAsync()
    {
        arrivals.Close();
        await readers.CloseAsync();
        try
        {
            await writer.CloseAsync();
        }
        finally
        {
            readers.Dispose();
            file.Dispose();
        }
    }
}
