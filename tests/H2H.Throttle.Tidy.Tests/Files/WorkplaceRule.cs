using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>The repository works wherever it is cloned: no file names a folder of somebody's machine.</summary>
internal static partial class WorkplaceRule
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.Files.SelectMany(
        static file => file.Lines
            .Select(static (line, index) => (Folder: MachineFolder().Match(line), Number: index + 1))
            .Where(static line => line.Folder.Success)
            .Select(line => file.At(
                line.Number, $"the folder {line.Folder.Value} of one machine", "say it from the repository's root")));

    [GeneratedRegex(@"(?<![\w.])/(?:tmp/w|work|root|home|Users)/|\b[A-Za-z]:\\Users\\")]
    private static partial Regex MachineFolder();
}
