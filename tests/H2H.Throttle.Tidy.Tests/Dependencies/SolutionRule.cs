using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

/// <summary>The solution lists every project, and no other.</summary>
internal static partial class SolutionRule
{
    public const string Path = "H2H.Throttle.sln";

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        SourceFile solution = tree.Files.Single(static file => file.Path == Path);
        (string Project, int Line)[] listed =
        [
            .. solution.Lines.SelectMany(static (line, index) => ListedProject().Matches(line)
                .Select(match => (match.Groups[1].Value.Replace('\\', '/'), index + 1))),
        ];
        string[] projects = [.. Project.All(tree).Select(static project => project.File.Path)];

        return projects.Except(listed.Select(static entry => entry.Project))
            .Select(static path => new Finding(path, 1, "not in the solution", $"dotnet sln add {path}"))
            .Concat(listed.Where(entry => !projects.Contains(entry.Project))
                .Select(entry => solution.At(
                    entry.Line, $"{entry.Project} is not there", $"dotnet sln remove {entry.Project}")));
    }

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex ListedProject();
}
