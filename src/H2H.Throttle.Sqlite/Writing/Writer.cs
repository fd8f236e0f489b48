using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Files;
using H2H.Throttle.Sqlite.Journals;
using H2H.Throttle.Sqlite.Records;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>One thread that commits whatever has gathered since its last commit: one fsync for many writes.</summary>
/// <remarks>
/// An answer leaves only after the commit, refusals included, since they too may rest on a write of the same batch. A
/// refused write changes nothing and leaves its neighbours alone. An error of the file fails the whole batch, but for
/// want of room: then each write is tried alone, so that a large one does not take the small ones with it.
/// </remarks>
internal sealed class Writer
{
    private const long BatchBytesMax = 16 * 1024 * 1024;

    private readonly StoreFile file;
    private readonly SqliteOptions options;
    private readonly TimeProvider clock;
    private readonly RecordCache cache;
    private readonly Arrivals arrivals;
    private readonly WriteQueue queue;
    private readonly LogMover log;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteSession? session;

    private Writer(
        StoreFile file, SqliteOptions options, TimeProvider clock, RecordCache cache, Arrivals arrivals)
    {
        (this.file, this.options, this.clock, this.cache, this.arrivals) = (file, options, clock, cache, arrivals);
        queue = new WriteQueue(file.Path, options.QueueMax, options.QueueBytesMax);
        log = new LogMover(file, options.LogPagesMax);
        session = WriteSession.Open(file, options, cache);
    }

    /// <exception cref="StoreException">The file cannot be opened for writing.</exception>
    public static Writer Start(
        StoreFile file, SqliteOptions options, TimeProvider clock, RecordCache cache, Arrivals arrivals)
    {
        try
        {
            Writer writer = new(file, options, clock, cache, arrivals);
            new Thread(writer.Run) { IsBackground = true, Name = "H2H.Throttle.Sqlite writer" }.Start();
            return writer;
        }
        catch (SqliteException error)
        {
            throw Failures.Of(file.Path, error);
        }
    }

    /// <exception cref="StoreException">Too many writes wait.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Enqueue(IPendingWrite write) => queue.Enqueue(write);

    /// <summary>Takes no more writes; ends when those that wait are committed and the file is closed.</summary>
    public Task CloseAsync()
    {
        queue.Close();
        return ended.Task;
    }

    private void Run()
    {
        List<IPendingWrite> batch = new(options.BatchMax);
        bool moreToSweep = true;
        while (queue.Take(batch, options.BatchMax, BatchBytesMax, wait: !moreToSweep))
        {
            moreToSweep = Write(batch);
            batch.Clear();
            MoveLog();
        }

        try
        {
            log.Wait();
            session?.Dispose();
            ended.SetResult();
        }
        catch (SqliteException error)
        {
            ended.SetException(Failures.Of(file.Path, error));
        }
    }

    /// <summary>Answers whether expired records are left to be cleared away.</summary>
    private bool Write(List<IPendingWrite> batch)
    {
        batch.RemoveAll(static write => !write.TryBegin());
        try
        {
            int swept = Commit(batch);
            batch.ForEach(static write => write.Complete());
            arrivals.Announce(session!.Journal.Last);
            return swept == options.SweepMax && swept > 0;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            GiveUpSession();
            StoreException failure = Failures.Of(file.Path, error);
            if (failure.Failure == StoreFailure.Full && batch.Count > 1)
            {
                batch.ForEach(write => Write([write]));
            }
            else
            {
                // Each caller gets an exception of its own: one that is thrown twice mixes up its stack traces.
                batch.ForEach(write => write.Fail(Failures.Of(file.Path, error)));
            }

            return false;
        }
    }

    /// <remarks>Callers have their answers: what goes wrong here is no trouble of theirs.</remarks>
    private void MoveLog()
    {
        try
        {
            if (session is not null)
            {
                log.Take(session);
            }
        }
        catch (SqliteException)
        {
            GiveUpSession();   // it is opened anew, and says what the matter is to whoever writes next
        }
    }

    private int Commit(List<IPendingWrite> batch)
    {
        session ??= WriteSession.Open(file, options, cache);
        session.Begin();
        foreach (IPendingWrite write in batch)
        {
            write.Apply(session);
        }

        int swept = session.Records.Sweep(RecordTime.Now(clock), options.SweepMax);
        session.Commit();
        return swept;
    }

    private void GiveUpSession()
    {
        session?.Dispose();
        session = null;
        cache.Clear();
    }
}
