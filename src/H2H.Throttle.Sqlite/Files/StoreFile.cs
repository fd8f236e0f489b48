using H2H.Throttle.Engine.Records;
using H2H.Throttle.Sqlite.Statements;
using Microsoft.Data.Sqlite;

namespace H2H.Throttle.Sqlite.Files;

/// <summary>The file of the store, locked against other processes and known to be ours.</summary>
internal sealed class StoreFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int BusyMsMax = 5000;

    private readonly FileStream held;

    private StoreFile(string path)
    {
        Path = path;
        held = Hold(path);
    }

    /// <summary>The whole path.</summary>
    public string Path { get; }

    /// <summary>Locks the file; makes it, and its folder, if missing. An empty file counts as missing.</summary>
    /// <exception cref="StoreException">It cannot be used; the message says why and what to do.</exception>
    public static StoreFile Open(string path)
    {
        string whole = System.IO.Path.GetFullPath(path);
        try
        {
            MakeFolder(whole);
            whole = FollowLinks(whole);
            StoreFile file = new(whole);
            try
            {
                Require(whole);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw Failures.Of(whole, error);
        }
    }

    /// <summary>A new connection, to be disposed by the caller, on which the script has run.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection Connect(string script) => Connect(Path, script);

    /// <summary>Lets other processes in.</summary>
    public void Dispose() => held.Dispose();

    private static void MakeFolder(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(path)
            ?? throw new StoreException(StoreFailure.Foreign, $"{path} is no file. Set Sqlite:Path to a file.");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <remarks>Two names of one file must end up at one lock.</remarks>
    private static string FollowLinks(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : path;

    /// <remarks>
    /// An open handle on <c>PATH.lock</c>: the system drops it with the process, however that ends. The lock file
    /// stays, since removing it would let two processes each hold a lock of that name.
    /// </remarks>
    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path + ".lock", Writable(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException error) when (IsHeldElsewhere(error))
        {
            throw Failures.InUse(path, error);
        }
    }

    private static bool IsHeldElsewhere(IOException error)
    {
        const int errnoWouldBlockLinux = 11;
        const int errnoWouldBlockMac = 35;
        const int windowsSharingViolation = unchecked((int)0x80070020);
        return error.HResult is errnoWouldBlockLinux or errnoWouldBlockMac or windowsSharingViolation;
    }

    private static void Require(string path)
    {
        if (Directory.Exists(path))
        {
            throw Failures.Foreign(path);
        }

        FileInfo found = new(path);
        if (!found.Exists || found.Length == 0)
        {
            Create(path);
        }

        Span<byte> header = stackalloc byte[FileFormat.HeaderBytes];
        int length;
        using (FileStream file = new(path, Writable(FileMode.Open, FileShare.ReadWrite)))
        {
            length = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        }

        FileFormat.Require(header[..length], path);
    }

    /// <remarks>
    /// Made under another name and then moved: a file of the right name is whole, whenever the power fails.
    /// </remarks>
    private static void Create(string path)
    {
        string draft = path + ".new";
        File.Delete(draft);
        File.Delete(draft + "-journal");
        new FileStream(draft, Writable(FileMode.CreateNew, FileShare.None)).Dispose();
        Connect(draft, FileFormat.Creation).Dispose();
        File.Move(draft, path, overwrite: true);
    }

    private static SqliteConnection Connect(string path, string script)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            Script.Run(connection, $"PRAGMA busy_timeout = {BusyMsMax}; {script}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static FileStreamOptions Writable(FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
