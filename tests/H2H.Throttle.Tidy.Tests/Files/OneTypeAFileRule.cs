using H2H.Throttle.Tidy.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace H2H.Throttle.Tidy.Tests.Files;

/// <summary>One top-level type a file, and the file is named like it.</summary>
/// <remarks>
/// A part of a partial type may be <c>Type.Part.cs</c>; a generic type beside one of the same name that is not is
/// <c>TypeOfT.cs</c>. Files that only speak of the whole assembly hold no type.
/// </remarks>
internal static class OneTypeAFileRule
{
    public static IEnumerable<Finding> Check(SourceTree tree) => tree.CSharp.SelectMany(Check);

    private static IEnumerable<Finding> Check(SourceFile file)
    {
        MemberDeclarationSyntax[] types = [.. TopLevelTypes(file.Syntax.Members)];
        foreach (MemberDeclarationSyntax second in types.Skip(1))
        {
            yield return file.At(
                NameOf(second), $"a second type, {NameOf(second).Text}", $"move it to {NameOf(second).Text}.cs");
        }

        if (types is [MemberDeclarationSyntax first, ..] && !IsNamedFor(file.Stem, first))
        {
            yield return file.At(
                NameOf(first), $"the type {NameOf(first).Text} in {file.Stem}.cs", "name type and file alike");
        }

        bool isProgram = file.Syntax.Members.Any(SyntaxKind.GlobalStatement);
        if (isProgram && file.Stem != "Program")
        {
            yield return file.At(1, "top-level statements", "they belong in Program.cs");
        }

        if (types.Length == 0 && !isProgram
            && file.Syntax.AttributeLists.Count == 0 && !file.Syntax.Usings.Any(static u => u.GlobalKeyword != default))
        {
            yield return file.At(1, "no type", "remove the file");
        }
    }

    private static bool IsNamedFor(string stem, MemberDeclarationSyntax type)
    {
        string name = NameOf(type).Text;
        return stem == name
            || (type.Modifiers.Any(SyntaxKind.PartialKeyword) && stem.StartsWith($"{name}.", StringComparison.Ordinal))
            || (type is TypeDeclarationSyntax { TypeParameterList: not null } && stem == $"{name}OfT");
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SyntaxList<MemberDeclarationSyntax> members) =>
        members.SelectMany(static member => member switch
        {
            BaseNamespaceDeclarationSyntax space => TopLevelTypes(space.Members),
            BaseTypeDeclarationSyntax or DelegateDeclarationSyntax => [member],
            _ => [],
        });

    private static SyntaxToken NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier,
        DelegateDeclarationSyntax declared => declared.Identifier,
        _ => default,
    };
}
