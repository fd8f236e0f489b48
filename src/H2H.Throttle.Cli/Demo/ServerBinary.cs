using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Demo;

/// <summary>Finds the server that was built or installed together with this program.</summary>
internal static class ServerBinary
{
    public const string Variable = "H2H_SERVER_PATH";
    private const string Name = "H2H.Throttle.Server";

    /// <summary>
    /// The file that <c>H2H_SERVER_PATH</c> names, or the server in this program's folder, or in the folder beside it
    /// that is named for the server, or in the build's folder of the same configuration.
    /// </summary>
    /// <exception cref="UnusableException">There is none.</exception>
    public static string Find()
    {
        string file = OperatingSystem.IsWindows() ? $"{Name}.exe" : Name;
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            string named = Directory.Exists(given) ? Path.Combine(given, file) : given;
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new UnusableException($"{Variable} names {given}, but no server is there.");
        }

        DirectoryInfo own = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string?[] places =
        [
            Path.Combine(own.FullName, file),
            own.Parent is { } beside ? Path.Combine(beside.FullName, Name, file) : null,
            own.Parent?.Parent is { } built ? Path.Combine(built.FullName, Name, own.Name, file) : null,
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new UnusableException(
            $"No server was found. Build one with `dotnet build src/{Name}`, or say where it is with {Variable}.");
    }
}
