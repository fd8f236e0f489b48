using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>No folder and no type is called what says nothing: Common, Utils, Manager and the like.</summary>
/// <remarks>The stand-ins are excepted: their names are those of the packages.</remarks>
internal static partial class NameRule
{
    private const string Mend = "call it what it is about, in a word of the domain";

    public static IEnumerable<Finding> Check(SourceTree tree) => Folders(tree).Concat(Types(tree));

    private static IEnumerable<Finding> Folders(SourceTree tree) => tree.Files
        .Where(static file => (file.IsUnder("src") || file.IsUnder("tests")) && !file.IsUnder("src/standins"))
        .Select(static file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/'))
        .Distinct()
        .Where(static folder => folder.Split('/', '.').Any(static part => SaysNothing().IsMatch(part)))
        .Select(static folder => new Finding(folder, 1, "a folder whose name says nothing", Mend));

    private static IEnumerable<Finding> Types(SourceTree tree) => tree.CSharp
        .Where(static file => !file.IsUnder("src/standins"))
        .SelectMany(static file => file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(static type => SaysNothing().IsMatch(type.Identifier.Text))
            .Select(type => file.At(type.Identifier, $"{type.Identifier.Text} says nothing", Mend)));

    [GeneratedRegex("(?:^|[a-z0-9])"
        + "(?:Commons?|Utils?|Utility|Utilities|Helpers?|Extensions?|Managers?|Processors?|Base|Impl)$")]
    private static partial Regex SaysNothing();
}
