namespace H2H.Throttle.Testing;

/// <summary>The folder of the sources that the tests were built from.</summary>
public static class RepositoryFolder
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Of(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "H2H.Throttle.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder)
            ?? throw new DirectoryNotFoundException("No H2H.Throttle.sln above the folder that the tests run from."));
}
