using System.Collections.Immutable;
using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>Links of Markdown files lead to what is there: a file, a folder, or a heading in one.</summary>
internal static partial class LinkRule
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        ImmutableDictionary<string, SourceFile> files = tree.Files.ToImmutableDictionary(static file => file.Path);
        ImmutableHashSet<string> folders = [.. tree.Files.SelectMany(static file => FoldersOf(file.Path))];

        return tree.Files
            .Where(static file => file.Path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => file.Lines.SelectMany((line, index) => Link()
                .Matches(line)
                .Select(static link => link.Groups["to"].Value)
                .Where(to => !Leads(file, to, files, folders))
                .Select(to => file.At(index + 1, $"a link to {to}, which is not there", "say where it is now"))));
    }

    private static bool Leads(
        SourceFile from, string to, ImmutableDictionary<string, SourceFile> files, ImmutableHashSet<string> folders)
    {
        string[] parts = to.Split('#');
        string path = parts[0].Length is 0 ? from.Path : Resolve(from.Path, parts[0]);
        return files.TryGetValue(path, out SourceFile? file)
            ? parts.Length is 1 || file.Lines.Any(line => Anchor(line) == parts[1])
            : parts.Length is 1 && folders.Contains(path);
    }

    /// <summary>How links name a line's heading, behind the <c>#</c>; null if it is none.</summary>
    private static string? Anchor(string line) => line.StartsWith('#')
        ? NotInAnchors().Replace(line.TrimStart('#').Trim(), "").ToLowerInvariant().Replace(' ', '-')
        : null;

    private static string Resolve(string from, string to)
    {
        List<string> steps = [.. from.Split('/')[..^1]];
        foreach (string step in to.TrimEnd('/').Split('/'))
        {
            if (step is not "..")
            {
                steps.Add(step);
            }
            else if (steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
        }

        return string.Join('/', steps.Where(static step => step is not "."));
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (int slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    [GeneratedRegex(@"\]\((?!\w+:)(?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
