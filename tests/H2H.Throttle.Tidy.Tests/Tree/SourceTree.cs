using System.Collections.Immutable;

namespace H2H.Throttle.Tidy.Tests.Tree;

/// <summary>The files that people write, with what each says.</summary>
public sealed class SourceTree
{
    private static readonly Lazy<SourceTree> Whole = new(static () => Read(FindRoot(AppContext.BaseDirectory)));

    private static readonly ImmutableHashSet<string> MadeFolders =
        [".git", ".vs", ".idea", "artifacts", "node_modules", "bin", "obj", "TestResults", "__pycache__"];

    private static readonly ImmutableHashSet<string> TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".proto", ".json", ".yaml", ".yml", ".md", ".sh", ".js",
        ".mjs", ".txt", ".editorconfig", ".gitignore", ".gitattributes", ".html", ".css", "",
    ];

    private SourceTree(IEnumerable<SourceFile> files) =>
        Files = [.. files.OrderBy(static file => file.Path, StringComparer.Ordinal)];

    /// <summary>The repository that the tests were built from.</summary>
    public static SourceTree Repository => Whole.Value;

    /// <summary>In the order of their paths. A file that holds no text is there with an empty one.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    public IEnumerable<SourceFile> CSharp => Files.Where(static file => file.IsCSharp);

    /// <summary>A tree that is not on the disk.</summary>
    public static SourceTree Of(params IEnumerable<(string Path, string Text)> files) =>
        new(files.Select(static file => new SourceFile(file.Path, file.Text)));

    private static SourceTree Read(string root) => new(PathsIn(root).Select(path => new SourceFile(
        Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'),
        TextExtensions.Contains(Path.GetExtension(path)) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "")));

    private static IEnumerable<string> PathsIn(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(static child => !MadeFolders.Contains(Path.GetFileName(child)))
            .SelectMany(PathsIn));

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "H2H.Throttle.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder)
            ?? throw new DirectoryNotFoundException("No H2H.Throttle.sln above the folder that the tests run from."));
}
