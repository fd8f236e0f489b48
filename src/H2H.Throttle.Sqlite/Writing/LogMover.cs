using H2H.Throttle.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Writing;

/// <summary>Has the write-ahead log moved into the file while commits go on.</summary>
/// <remarks>
/// The log begins anew only if a commit finds all of it moved. So most of it is moved beside the writer, by a
/// connection of its own, and the writer moves only what was logged meanwhile. What cannot be moved stays in the log,
/// where it is read from and safe; it is tried again when as much has been logged once more, and when the log has no
/// room either a commit says so. For one thread.
/// </remarks>
internal sealed class LogMover(StoreFile file, int pagesMax)
{
    private const int FewPages = 1024;   // are moved in the time of a few commits
    private const int RoundsMax = 2;

    private Task? moving;   // null: nothing has been moved since the log was done with
    private long logged;

    /// <summary>Told what was committed; may take the time of some commits.</summary>
    /// <exception cref="SqliteException">The file cannot be written; what was committed is safe.</exception>
    public void Take(WriteSession session)
    {
        logged += session.TakePagesLogged();
        if (logged < pagesMax || moving is { IsCompleted: false })
        {
            return;
        }

        if (moving is null && logged > FewPages)
        {
            moving = Task.Factory.StartNew(
                MoveMost, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }

        (logged, moving) = (0, null);
        session.MoveLog();
    }

    /// <summary>Ends when nothing is being moved.</summary>
    public void Wait() => moving?.Wait();

    /// <summary>Until so little was logged meanwhile that the writer had best move it.</summary>
    private void MoveMost()
    {
        try
        {
            using SqliteConnection connection = file.Connect("PRAGMA synchronous = FULL");
            int before = 0;
            for (int round = 0; round < RoundsMax; round++)
            {
                (int pages, int moved) = Log.Move(connection);
                if (pages - before <= FewPages || moved < pages)
                {
                    return;
                }

                before = pages;
            }
        }
        catch (SqliteException)
        {
            // The writer, who moves the rest, meets the same trouble.
        }
    }
}
