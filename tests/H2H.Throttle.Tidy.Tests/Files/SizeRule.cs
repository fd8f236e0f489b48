using System.Collections.Frozen;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>Files that fit into a head, lines that fit beside each other.</summary>
internal static class SizeRule
{
    public const int FileLinesMax = 300;
    public const int LineColumnsMax = 120;

    private static readonly FrozenSet<string> WidthExtensions =
        FrozenSet.Create(".cs", ".csproj", ".props", ".targets", ".proto", ".sh", ".js", ".mjs");

    /// <summary>Paths of C# files that may be longer, each with the reason.</summary>
    public static FrozenDictionary<string, string> LongFiles { get; } = FrozenDictionary<string, string>.Empty;

    public static IEnumerable<Finding> Check(SourceTree tree) => Lengths(tree)
        .Concat(tree.Files.Where(static file => WidthExtensions.Contains(Path.GetExtension(file.Path)))
            .SelectMany(Widths))
        .Concat(LongFiles.Keys.Where(path => tree.Files.All(file => file.Path != path))
            .Select(static path => new Finding(path, 1, "excepted but not there", "take it off the list")));

    private static IEnumerable<Finding> Lengths(SourceTree tree) => tree.CSharp
        .Where(static file => file.Lines.Length > FileLinesMax && !LongFiles.ContainsKey(file.Path))
        .Select(static file => file.At(
            FileLinesMax + 1, $"{file.Lines.Length} lines, {FileLinesMax} are allowed", "part it by what it is about"));

    private static IEnumerable<Finding> Widths(SourceFile file) => file.Lines
        .Select((line, index) => (line.Length, Number: index + 1))
        .Where(static line => line.Length > LineColumnsMax)
        .Select(line => file.At(
            line.Number, $"{line.Length} columns, {LineColumnsMax} are allowed", "break the line"));
}
