using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Sqlite;

/// <summary>Where the embedded store lives and how much it may take on at once.</summary>
public sealed class SqliteOptions
{
    public const string Section = "Sqlite";

    /// <summary>
    /// The file of the store; made if missing, its folder too. Beside it appear -wal, -shm and .lock.
    /// </summary>
    [Required]
    public string Path { get; set; } = "data/h2h-throttle.db";

    /// <summary>How many writes may wait for the next commit; one more is refused as unavailable.</summary>
    [Range(1, 1_000_000)]
    public int QueueMax { get; set; } = 16_384;

    /// <summary>How many bytes the waiting writes may hold together. A write always fits into an empty queue.</summary>
    [Range(1, int.MaxValue)]
    public int QueueBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many writes share one commit, and so one fsync, at most.</summary>
    [Range(1, 100_000)]
    public int BatchMax { get; set; } = 1024;

    /// <summary>How many reads run at the same time; further ones wait. Each costs a connection, about 2 MB.</summary>
    [Range(1, 256)]
    public int ReadersMax { get; set; } = 8;

    /// <summary>How many bytes the records kept in memory may take, to spare reads; 0 keeps none.</summary>
    [Range(0, long.MaxValue)]
    public long CacheBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many expired records one commit clears away at most.</summary>
    [Range(0, 100_000)]
    public int SweepMax { get; set; } = 64;

    /// <summary>After how many pages of 4 KiB in the write-ahead log they are moved into the file.</summary>
    [Range(1, 1_000_000)]
    public int LogPagesMax { get; set; } = 4096;

    /// <summary>How large the file may become, its write-ahead log not counted; 0 sets no limit.</summary>
    [Range(0, long.MaxValue)]
    public long FileBytesMax { get; set; }
}
