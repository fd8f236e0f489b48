using System.Text.RegularExpressions;
using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>Nothing is left for later, folded away or silenced in place.</summary>
internal static partial class LeftoverRule
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.Files.SelectMany(
        static file => file.IsCSharp ? InCSharp(file) : InText(file));

    private static IEnumerable<Finding> InCSharp(SourceFile file) => file.Syntax
        .DescendantTrivia(descendIntoTrivia: true)
        .SelectMany(trivia => InTrivia(file, trivia))
        .Concat(file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            .Where(static attribute => attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal))
            .Select(attribute => file.At(
                attribute, "a silenced analyzer", "mend it, or turn the rule off in .editorconfig with its reason")))
        .OrderBy(static finding => finding.Line);

    private static IEnumerable<Finding> InTrivia(SourceFile file, SyntaxTrivia trivia)
    {
        if (trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia))
        {
            yield return file.At(
                trivia, "a #pragma", "mend it, or turn the rule off in .editorconfig with its reason");
        }
        else if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
        {
            yield return file.At(trivia, "a #region", "part the file by what it is about");
        }
        else if (IsComment(trivia) && LaterWord().Match(trivia.ToString()) is { Success: true } later)
        {
            yield return file.At(trivia, $"a {later.Value}", "do it, or open an issue");
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static IEnumerable<Finding> InText(SourceFile file) => file.Lines
        .Select(static (line, index) => (Later: LaterWord().Match(line), Number: index + 1))
        .Where(static line => line.Later.Success)
        .Select(line => file.At(line.Number, $"a {line.Later.Value}", "do it, or open an issue"));

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LaterWord();
}
