using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>What lies at the root of the repository.</summary>
internal static partial class LayoutRule
{
    private static readonly string[] Required = ["H2H.Throttle.sln", "protos/", "src/", "tests/"];

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        string[] entries = [.. tree.Files.Select(static file => EntryOf(file.Path)).Distinct()];
        return entries.Where(static entry => !Allowed().IsMatch(entry))
            .Select(static entry => new Finding(
                entry, 1, "not of the root", "put it below src, tests, protos or charts, or remove it"))
            .Concat(Required.Except(entries)
                .Select(static entry => new Finding(entry, 1, "not there", "the root must have it")));
    }

    /// <summary>The first part of the path, with a slash if it is a folder.</summary>
    private static string EntryOf(string path) => path.Split('/', 2) is [var folder, _] ? $"{folder}/" : path;

    [GeneratedRegex(@"^(?:(?:src|tests|protos|charts)/|\..+|H2H\.Throttle\.sln|README\.md|Dockerfile|LICENSE(?:\..+)?|"
        + @"Directory\.(?:Build\.props|Build\.targets|Packages\.props)|global\.json|nuget\.config)$")]
    private static partial Regex Allowed();
}
