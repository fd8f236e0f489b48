namespace H2H.Throttle.Standins.Tests;

/// <summary>Where the sources are that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "H2H.Throttle.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder)
            ?? throw new DirectoryNotFoundException("No H2H.Throttle.sln above the folder that the tests run from."));
}
