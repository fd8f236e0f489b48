using System.Diagnostics;

namespace H2H.Throttle.Cli.Tests.Running;

/// <summary>The programs as they were built together with these tests.</summary>
internal static class BuiltProgram
{
    private static readonly DirectoryInfo Own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>Of the repository.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Own.FullName, "..", "..", "..", ".."));

    /// <summary>How to start <c>h2h</c>, with all of its output to be read.</summary>
    public static ProcessStartInfo Cli() => Start("H2H.Throttle.Cli", "h2h.dll");

    public static ProcessStartInfo Server() => Start("H2H.Throttle.Server", "H2H.Throttle.Server.dll");

    // By the host that runs the tests, so that no .NET needs to be found.
    private static ProcessStartInfo Start(string project, string assembly) => new(DotnetHost())
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        ArgumentList = { Path.Combine(Own.Parent!.Parent!.FullName, project, Own.Name, assembly) },
    };

    private static string DotnetHost()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Path.GetFullPath(Path.Combine(
            runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
    }
}
