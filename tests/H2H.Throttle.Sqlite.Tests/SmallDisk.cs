using System.Diagnostics;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Sqlite.Tests;

/// <summary>A file system of a few megabytes in memory, mounted for one test; takes root on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder;

    private SmallDisk(TemporaryFolder folder) => this.folder = folder;

    /// <summary>Mounts it, or skips the test with the reason why that cannot be done here.</summary>
    public static SmallDisk MountOrSkip(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Mounting a small disk is done on Linux alone.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a small disk takes root.");
        TemporaryFolder folder = new();
        (int status, string error) = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder.Path);
        if (status != 0)
        {
            folder.Dispose();
            Assert.Skip($"A small disk cannot be mounted here, not even by root: {error}");
        }

        return new SmallDisk(folder);
    }

    public string File(string name) => folder.File(name);

    public void MakeReadOnly()
    {
        (int status, string error) = Run("mount", "-o", "remount,ro", folder.Path);
        Assert.True(status == 0, error);
    }

    public void Dispose()
    {
        (int status, string error) = Run("umount", folder.Path);
        Assert.True(status == 0, error);
        folder.Dispose();
    }

    private static (int Status, string Error) Run(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error.Trim());
    }
}
