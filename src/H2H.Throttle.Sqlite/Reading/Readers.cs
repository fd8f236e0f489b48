using System.Collections.Concurrent;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Files;

namespace H2H.Throttle.Sqlite.Reading;

/// <summary>Lends read connections out, one to a read, and keeps them for the next. Safe from any thread.</summary>
/// <remarks>
/// A read runs on its caller's thread: it is a handful of page look-ups, and a hop to another thread would cost more.
/// It sees every commit that ended before it began.
/// </remarks>
internal sealed class Readers(StoreFile file, int readersMax) : IDisposable
{
    private readonly SemaphoreSlim permits = new(readersMax);
    private readonly ConcurrentBag<Reader> idle = [];
    private volatile bool closed;

    /// <summary>Whether reads are refused.</summary>
    public bool IsClosed => closed;

    /// <summary>Runs <paramref name="read"/>; the state is passed along so that no closure has to be made.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public async ValueTask<TAnswer> ReadAsync<TState, TAnswer>(
        TState state, Func<Reader, TState, TAnswer> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await permits.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
            return Read(state, read);
        }
        finally
        {
            permits.Release();
        }
    }

    /// <summary>Lets the reads that run end and refuses all others.</summary>
    public async Task CloseAsync()
    {
        closed = true;
        for (int i = 0; i < readersMax; i++)
        {
            await permits.WaitAsync();
        }

        while (idle.TryTake(out Reader? reader))
        {
            reader.Dispose();
        }

        permits.Release(readersMax);
    }

    public void Dispose() => permits.Dispose();

    private TAnswer Read<TState, TAnswer>(TState state, Func<Reader, TState, TAnswer> read)
    {
        Reader? reader = null;
        try
        {
            reader = idle.TryTake(out Reader? kept) ? kept : Reader.Open(file);
            TAnswer answer = read(reader, state);
            idle.Add(reader);
            return answer;
        }
        catch (Exception error)
        {
            reader?.Dispose();
            throw Failures.Of(file.Path, error);
        }
    }
}
