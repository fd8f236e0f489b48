using System.Collections.Immutable;
using System.Xml.Linq;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

/// <summary>A project file, as it was written.</summary>
internal sealed record Project(
    SourceFile File, string Name, string Sdk, ImmutableArray<string> References, ImmutableArray<string> Packages)
{
    public bool IsTest => File.IsUnder("tests");

    public static IEnumerable<Project> All(SourceTree tree) => tree.Files
        .Where(static file => Path.GetExtension(file.Path) == ".csproj")
        .Select(Read);

    /// <summary>The line that names a reference; 1 if no line does.</summary>
    public int LineOf(string reference) =>
        1 + Math.Max(0, File.Lines.IndexOf(File.Lines.FirstOrDefault(line => Names(line, reference)) ?? ""));

    private static bool Names(string line, string reference) =>
        line.Contains($"\"{reference}\"", StringComparison.Ordinal)
        || line.Contains($"/{reference}.csproj", StringComparison.Ordinal);

    private static Project Read(SourceFile file)
    {
        XElement root = XDocument.Parse(file.Text).Root!;
        return new Project(
            file, file.Stem, (string?)root.Attribute("Sdk") ?? "",
            [
                .. Included(root, "ProjectReference")
                    .Select(static path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))),
            ],
            [.. Included(root, "PackageReference"), .. Included(root, "FrameworkReference")]);
    }

    private static IEnumerable<string> Included(XElement root, string item) =>
        root.Descendants(item).Select(static reference => (string?)reference.Attribute("Include")).OfType<string>();
}
