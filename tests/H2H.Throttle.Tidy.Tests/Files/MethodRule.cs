using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>A method is read without scrolling.</summary>
/// <remarks>Over 40 lines it wants a reason, which a reader judges; over the bound here there is none.</remarks>
internal static class MethodRule
{
    /// <summary>From the line of its name to its last.</summary>
    public const int LinesMax = 50;

    public static IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp
        .Where(static file => file.IsUnder("src"))
        .SelectMany(static file => file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(static method => (method.Identifier, Lines: LinesOf(method)))
            .Where(static method => method.Lines > LinesMax)
            .Select(method => file.At(
                method.Identifier, $"{method.Identifier.Text} has {method.Lines} lines, {LinesMax} are allowed",
                "part it by what it does")));

    private static int LinesOf(MethodDeclarationSyntax method) =>
        Line(method.GetLastToken()) - Line(method.Identifier) + 1;

    private static int Line(SyntaxToken token) => token.GetLocation().GetLineSpan().EndLinePosition.Line;
}
