using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>A class is made to be derived from, and says so, or it is sealed.</summary>
/// <remarks>
/// The stand-ins are excepted: what may be derived from is the packages' to say. So are benchmarks, from which
/// BenchmarkDotNet derives what it runs.
/// </remarks>
internal static class SealedRule
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp
        .Where(static file => !file.IsUnder("src/standins"))
        .SelectMany(static file => file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(static type => IsClass(type) && !SaysSo(type) && !IsBenchmark(type))
            .Select(type => file.At(
                type.Identifier, $"{type.Identifier.Text} is open", "seal it, or make it abstract")));

    private static bool IsClass(TypeDeclarationSyntax type) =>
        type.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration;

    private static bool IsBenchmark(TypeDeclarationSyntax type) => type.Members
        .SelectMany(static member => member.AttributeLists)
        .SelectMany(static list => list.Attributes)
        .Any(static attribute => attribute.Name.ToString() == "Benchmark");

    private static bool SaysSo(TypeDeclarationSyntax type) => type.Modifiers.Any(static modifier => modifier.Kind() is
        SyntaxKind.SealedKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.StaticKeyword);
}
