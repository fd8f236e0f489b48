using H2H.Throttle.Engine.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace H2H.Throttle.Sqlite.Files;

/// <summary>Says what failed, where, and how it is mended.</summary>
internal static class Failures
{
    private const int ErrnoNoSpaceLinux = 28;
    private const int ErrnoReadOnlyFileSystem = 30;
    private const int ErrnoQuotaLinux = 122;

    public static StoreException Foreign(string path) => new(
        StoreFailure.Foreign,
        $"{path} is no store of H2H Throttle and was left as it is. Set Sqlite:Path to another file.");

    public static StoreException Newer(string path, int found, int known) => new(
        StoreFailure.Newer,
        $"{path} has format {found}, this version reads up to {known}. Run the newer version or restore a backup.");

    public static StoreException Damaged(string path, string what, Exception? inner) => new(
        StoreFailure.Damaged,
        $"{path} is damaged: {what.TrimEnd('.')}. Stop the service and restore a backup.",
        inner);

    public static StoreException InUse(string path, Exception inner) => new(
        StoreFailure.InUse,
        $"{path} is in use by another process. Stop that process, or set Sqlite:Path to a file of one's own.",
        inner);

    public static StoreException ReadOnly(string path, Exception inner) => new(
        StoreFailure.ReadOnly,
        $"{path} cannot be written. Let this process write the file and its folder, or set Sqlite:Path.",
        inner);

    public static StoreException Full(string path, Exception inner) => new(
        StoreFailure.Full,
        $"There is no room left to write {path}. Free space on its disk, or raise Sqlite:FileBytesMax if it is set.",
        inner);

    public static StoreException Overloaded(string path) => new(
        StoreFailure.Unavailable,
        $"Too many writes wait for {path}. Ask again later; a faster disk or a higher Sqlite:QueueMax admits more.");

    public static StoreException Unavailable(string path, Exception inner) => new(
        StoreFailure.Unavailable,
        $"{path} cannot be used now: {inner.Message.TrimEnd('.')}. Check its disk and the limits of this process.",
        inner);

    /// <summary>What any error means to a caller of the store.</summary>
    public static StoreException Of(string path, Exception error) => error switch
    {
        StoreException known => new StoreException(known.Failure, known.Message, known),
        SqliteException known => Of(path, known),
        IOException known => Of(path, known),
        UnauthorizedAccessException known => ReadOnly(path, known),
        _ => Unavailable(path, error),
    };

    /// <summary>What an error of Sqlite means; the codes are those of https://www.sqlite.org/rescode.html.</summary>
    private static StoreException Of(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(path, error),
        raw.SQLITE_IOERR when error.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => Full(path, error),
        raw.SQLITE_READONLY => ReadOnly(path, error),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(path, error.Message, error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => InUse(path, error),
        _ => Unavailable(path, error),
    };

    /// <summary>What an error of the file system means.</summary>
    private static StoreException Of(string path, IOException error) => error.HResult switch
    {
        ErrnoNoSpaceLinux or ErrnoQuotaLinux => Full(path, error),
        ErrnoReadOnlyFileSystem => ReadOnly(path, error),
        _ => Unavailable(path, error),
    };
}
